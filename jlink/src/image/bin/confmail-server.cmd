@echo off
rem Runs the Confidant Mail server in the Java runtime beside this script, wherever that was moved to.
rem CONFMAIL_JAVA_OPTS adds flags for the Java runtime.
setlocal
set "IMAGE=%~dp0.."
set "CACHE="
if exist "%IMAGE%\lib\confmail-server.aot" set CACHE="-XX:AOTCache=%IMAGE%\lib\confmail-server.aot"
"%IMAGE%\bin\java.exe" "@%IMAGE%\conf\confmail-server.vmoptions" %CACHE% %CONFMAIL_JAVA_OPTS% -m org.confmail.server/org.confmail.server.main.Main %*
exit /b %ERRORLEVEL%
