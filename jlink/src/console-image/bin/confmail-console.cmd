@echo off
rem Runs the console in the Java runtime beside this script, wherever that was moved to.
rem CONFMAIL_CONSOLE_JAVA_OPTS adds flags for the Java runtime.
setlocal
set "IMAGE=%~dp0.."
set "CACHE="
if exist "%IMAGE%\lib\confmail-console.aot" set CACHE="-XX:AOTCache=%IMAGE%\lib\confmail-console.aot"
set FLAGS="@%IMAGE%\conf\confmail-console.vmoptions" %CACHE% %CONFMAIL_CONSOLE_JAVA_OPTS% -m org.confmail.console/org.confmail.console.Main
if "%~1"=="-help" goto text
if "%~1"=="-version" goto text
rem With javaw there is no terminal window beside the console's own.
start "" "%IMAGE%\bin\javaw.exe" %FLAGS% %*
exit /b 0
:text
"%IMAGE%\bin\java.exe" %FLAGS% %*
exit /b %ERRORLEVEL%
