@echo off
rem Builds the console if there is none yet, and runs it.
rem
rem   jlink\run-console.cmd [HOME-DIRECTORY]      shows the server of that home; without one: of jlink\home, if there is such a home
rem
rem To build anew, delete jlink\target.
setlocal
set "HERE=%~dp0"
set "CONSOLE=%HERE%target\confmail-console\bin\confmail-console.cmd"
set "SERVER_HOME=%~1"

call "%HERE%src\build\build.cmd" run-console "%CONSOLE%"
if errorlevel 1 exit /b 1

if "%SERVER_HOME%"=="" if exist "%HERE%home\config.txt" set "SERVER_HOME=%HERE%home"
if "%SERVER_HOME%"=="" goto alone
call "%CONSOLE%" -homedir "%SERVER_HOME%"
exit /b %ERRORLEVEL%
:alone
call "%CONSOLE%"
exit /b %ERRORLEVEL%
