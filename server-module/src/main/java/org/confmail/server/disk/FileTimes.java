package org.confmail.server.disk;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sets the times of files by utimes(3) of the C library. Java's own way opens the file, reads its times, sets them and closes it:
 * four calls of the system for one, at every block that is stored. Where the library has no such function, or it fails, Java's
 * own way is taken.
 */
final class FileTimes {
    private static final @Nullable MethodHandle UTIMES = find();
    private static final Charset NAMES = Charset.forName(System.getProperty("sun.jnu.encoding"));

    private FileTimes() {}

    /** Sets when {@code file} was last modified, in whole microseconds, and read as well. */
    static void modified(Path file, Instant time) throws IOException {
        if (UTIMES == null || utimes(UTIMES, file, time) != 0) {
            Files.setLastModifiedTime(file, FileTime.from(time));
        }
    }

    private static int utimes(MethodHandle function, Path file, Instant time) {
        long micros = TimeUnit.NANOSECONDS.toMicros(time.getNano());
        try (Arena arena = Arena.ofConfined()) {
            // Two struct timeval, one for reading and one for writing. Where the microseconds have 32 bits, 32 of
            // padding follow.
            MemorySegment times = arena.allocateFrom(
                    ValueLayout.JAVA_LONG, time.getEpochSecond(), micros, time.getEpochSecond(), micros);
            return (int) function.invokeExact(arena.allocateFrom(file.toString(), NAMES), times);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("utimes", e); // the function throws nothing
        }
    }

    @SuppressWarnings("restricted") // the launcher enables native access for this module
    private static @Nullable MethodHandle find() {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return null;
        }
        FunctionDescriptor type = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS);
        try {
            Linker linker = Linker.nativeLinker();
            return linker.defaultLookup()
                    .find("utimes")
                    .map(address -> linker.downcallHandle(address, type))
                    .orElse(null);
        } catch (IllegalCallerException | UnsupportedOperationException e) {
            return null; // native access is not allowed, or not possible
        }
    }
}
