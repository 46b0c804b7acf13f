package org.confmail.server.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the server and the reference are started: on the same Java runtime, with the same flags. */
record Launch(BenchOptions options) {
    private static final String READY = " READY";
    private static final String MODULE = "org.confmail.server";

    /** Starts a server on {@code home}. */
    MeasuredProcess server(BenchHome home) throws IOException {
        List<String> arguments = List.of("-homedir", home.home().root().toString());
        List<String> flags = new ArrayList<>(options.flags());
        flags.addAll(options.serverFlags());
        ProcessBuilder builder;
        if (options.image().isPresent()) {
            List<String> command = new ArrayList<>();
            command.add(options.image().get().resolve("bin/confmail-server").toString());
            command.addAll(arguments);
            builder = new ProcessBuilder(command);
            builder.environment().put("CONFMAIL_JAVA_OPTS", String.join(" ", flags));
        } else {
            List<String> command = new ArrayList<>(List.of(java().toString()));
            command.addAll(flags);
            command.addAll(List.of("-p", modulePath(), "-m", MODULE + "/org.confmail.server.main.Main"));
            command.addAll(arguments);
            builder = new ProcessBuilder(command);
        }
        return MeasuredProcess.start(sameMemory(builder), READY);
    }

    /** Starts the reference with the key and certificate of {@code home}. */
    MeasuredProcess reference(BenchHome home) throws IOException {
        return reference(home, List.of());
    }

    /** Starts the reference that keeps what it gets in {@code directory}. */
    MeasuredProcess referenceWithFiles(BenchHome home, Path directory) throws IOException {
        return reference(home, List.of(directory.toString()));
    }

    private MeasuredProcess reference(BenchHome home, List<String> more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                home.home().tlsKey().toString(), home.home().tlsCertificate().toString()));
        arguments.addAll(more);
        return ofTests(TlsReference.class, TlsReference.READY, arguments, List.of());
    }

    /** Starts a node of the DHT alone, with no budgets. */
    MeasuredProcess node(Path home) throws IOException {
        return ofTests(DhtNode.class, DhtNode.READY, List.of(home.toString()), options.serverFlags());
    }

    /** Starts a main class of the tests inside the server's module. */
    private MeasuredProcess ofTests(Class<?> main, String ready, List<String> arguments, List<String> flags)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(java().toString()));
        if (options.image().isPresent()) {
            Path ofImage = options.image().get().resolve("conf/confmail-server.vmoptions");
            if (Files.exists(ofImage)) {
                command.add("@" + ofImage);
            }
        }
        command.addAll(options.flags());
        command.addAll(flags);
        if (options.image().isEmpty()) {
            command.addAll(List.of("-p", modulePath()));
        }
        String patch = MODULE + "=" + classPath(Launch::ofTests);
        command.addAll(List.of("--patch-module", patch, "-m", MODULE + "/" + main.getName()));
        command.addAll(arguments);
        return MeasuredProcess.start(sameMemory(new ProcessBuilder(command)), ready);
    }

    private static ProcessBuilder sameMemory(ProcessBuilder builder) {
        builder.environment().put("MALLOC_ARENA_MAX", "2"); // as the image's launcher
        return builder;
    }

    private Path java() {
        return options.image()
                .orElseGet(() -> Path.of(System.getProperty("java.home")))
                .resolve("bin/java");
    }

    private static String modulePath() {
        return classPath(entry -> !ofTests(entry));
    }

    private static String classPath(Predicate<String> wanted) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(wanted)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean ofTests(String entry) {
        return entry.endsWith("test-classes");
    }
}
