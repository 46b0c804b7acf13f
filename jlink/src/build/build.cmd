@echo off
rem Called by run-server.cmd and run-console.cmd with their name and the file that a build makes for them: builds if it is not there.
setlocal
if exist "%~2" exit /b 0
echo %~1: building; the first time takes a minute or two
if not "%JAVA_HOME%"=="" goto build
where /q java
if errorlevel 1 goto nojdk
:build
pushd "%~dp0..\..\.."
call mvnw.cmd -q -B -ntp -DskipTests verify
set "BUILD=%ERRORLEVEL%"
popd
if "%BUILD%"=="0" exit /b 0
echo %~1: the build failed, see above.
echo If it found no matching toolchain: 1>&2
:nojdk
echo %~1: the build needs a JDK of version 25 or later. Install one, such as Temurin 25 from https://adoptium.net, and run this command again. 1>&2
exit /b 1
