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

if exist "%HERE%target\confmail-server\lib\confmail-server.aot" goto built
echo run-server: building the server; the first time takes a minute or two
if not "%JAVA_HOME%"=="" goto build
where /q java
if errorlevel 1 goto nojdk
:build
pushd "%HERE%.."
call mvnw.cmd -q -B -ntp -DskipTests verify
set "BUILD=%ERRORLEVEL%"
popd
if not "%BUILD%"=="0" goto failed
:built

if exist "%SERVER_HOME%\config.txt" goto run
call "%SERVER%" -init -homedir "%SERVER_HOME%" -sport %CONFMAIL_PORT%
if errorlevel 1 exit /b 1
:run
call "%SERVER%" -homedir "%SERVER_HOME%"
exit /b %ERRORLEVEL%

:failed
echo run-server: the build failed, see above.
echo If it found no matching toolchain: 1>&2
:nojdk
echo run-server: the build needs a JDK of version 25 or later. Install one, such as Temurin 25 from https://adoptium.net, and run this command again. 1>&2
exit /b 1
