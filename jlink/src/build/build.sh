# Sourced by run-server and run-console, which set: command, its name; here, this module's directory; finished, the file that a
# build makes last for it.

project=$(dirname "$here")

jdk_is_missing() {
    cat >&2 <<END
$command: the build needs a JDK of version 25 or later and finds none. Install one, such as the package
temurin-25-jdk (Debian and Ubuntu: https://adoptium.net/installation/linux), and run this command again.
END
    exit 1
}

is_built() {
    [ -r "$finished" ] || return 1
    newer=$(find "$project/pom.xml" "$project"/*-module/pom.xml "$project"/*-module/src/main "$here/pom.xml" "$here/src" \
        -type f -newer "$finished" | head -n 1)
    [ -z "$newer" ]
}

build() {
    echo "$command: building; the first time takes a minute or two" >&2
    if [ -z "${JAVA_HOME:-}" ] && ! command -v java >/dev/null; then
        for home_of_java in /usr/lib/jvm/* /opt/java/* /opt/jdk*; do
            if [ -x "$home_of_java/bin/javac" ]; then
                JAVA_HOME=$home_of_java
                export JAVA_HOME
            fi
        done
        [ -n "${JAVA_HOME:-}" ] || jdk_is_missing
    fi
    mkdir -p "$here/target"
    log=$here/target/$command.log
    if ! (cd "$project" && ./mvnw -q -B -ntp -DskipTests verify) >"$log" 2>&1; then
        if grep -q 'matching toolchain' "$log"; then
            jdk_is_missing
        fi
        cat "$log" >&2
        echo "$command: the build failed, see above" >&2
        exit 1
    fi
}

build_if_needed() {
    is_built || build
}
