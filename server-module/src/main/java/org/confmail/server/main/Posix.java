package org.confmail.server.main;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.FileSystems;
import java.nio.file.Path;

/** The few calls of the C library that a daemon needs and Java does not have. */
final class Posix {
    /** Whether this system has them. */
    static final boolean AVAILABLE =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private static final MemoryLayout INT = ValueLayout.JAVA_INT;
    private static final MemoryLayout POINTER = ValueLayout.ADDRESS;

    private Posix() {}

    /**
     * Makes this process the leader of a session of its own, without a terminal.
     *
     * @throws IOException if it leads a process group already
     */
    static void leaveSession() throws IOException {
        if (call("setsid", FunctionDescriptor.of(INT)) instanceof Integer session && session < 0) {
            throw new IOException("setsid failed");
        }
    }

    /**
     * Makes {@code descriptor} stand for the end of {@code file}, whatever it stood for before, in one step.
     *
     * @throws IOException if the file cannot be opened
     */
    static void redirect(int descriptor, Path file) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            // fopen rather than open: the numbers that stand for open's flags differ between systems.
            Object stream = call(
                    "fopen",
                    FunctionDescriptor.of(POINTER, POINTER, POINTER),
                    arena.allocateFrom(file.toString()),
                    arena.allocateFrom("a"));
            if (stream.equals(MemorySegment.NULL)) {
                throw new IOException("cannot open " + file);
            }
            try {
                Object opened = call("fileno", FunctionDescriptor.of(INT, POINTER), stream);
                if (call("dup2", FunctionDescriptor.of(INT, INT, INT), opened, descriptor) instanceof Integer copy
                        && copy < 0) {
                    throw new IOException("dup2 failed");
                }
            } finally {
                call("fclose", FunctionDescriptor.of(INT, POINTER), stream);
            }
        }
    }

    @SuppressWarnings("restricted") // the launcher enables native access for this module
    private static Object call(String name, FunctionDescriptor type, Object... arguments) throws IOException {
        try {
            Linker linker = Linker.nativeLinker();
            MethodHandle function = linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
            return function.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IOException(name + " cannot be called: " + e, e);
        }
    }
}
