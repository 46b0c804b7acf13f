@echo off
rem Builds the server if there is none yet, makes a home for it if there is none, and runs it in the foreground.
rem
rem   jlink\run-server.cmd [HOME-DIRECTORY]      without one: jlink\home
rem
rem CONFMAIL_PORT is the port of a new home, 8081 otherwise. To build anew, delete jlink\target.
setlocal
set "HERE=%~dp0"
set "SERVER=%HERE%target\confmail-server\bin\confmail-server.cmd"
set "SERVER_HOME=%~1"
if "%SERVER_HOME%"=="" set "SERVER_HOME=%HERE%home"
if "%CONFMAIL_PORT%"=="" set "CONFMAIL_PORT=8081"

call "%HERE%src\build\build.cmd" run-server "%HERE%target\confmail-server\lib\confmail-server.aot"
if errorlevel 1 exit /b 1

if exist "%SERVER_HOME%\config.txt" goto run
call "%SERVER%" -init -homedir "%SERVER_HOME%" -sport %CONFMAIL_PORT%
if errorlevel 1 exit /b 1
:run
call "%SERVER%" -homedir "%SERVER_HOME%"
exit /b %ERRORLEVEL%
