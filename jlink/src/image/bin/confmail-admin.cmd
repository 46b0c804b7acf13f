@echo off
rem Runs confmail-admin in the Java runtime beside this script, wherever that was moved to.
rem CONFMAIL_ADMIN_JAVA_OPTS adds flags for the Java runtime.
setlocal
set "IMAGE=%~dp0.."
set "CACHE="
if exist "%IMAGE%\lib\confmail-admin.aot" set CACHE="-XX:AOTCache=%IMAGE%\lib\confmail-admin.aot"
"%IMAGE%\bin\java.exe" "@%IMAGE%\conf\confmail-admin.vmoptions" %CACHE% %CONFMAIL_ADMIN_JAVA_OPTS% -m org.confmail.server/org.confmail.server.command.Main %*
exit /b %ERRORLEVEL%
