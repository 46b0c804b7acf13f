package org.confmail.server.systemd;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Datagrams to a Unix socket, which Java's channels do not offer, by calls of the C library. For Linux: names, numbers and
 * layouts are those of socket(2), sendto(2) and unix(7) there.
 */
final class UnixDatagrams {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int CLOCK_MONOTONIC = 1;
    private static final int EAGAIN = 11;

    /** sun_path has so many bytes behind the family. */
    private static final int PATH_BYTES_MAX = 108;

    private static final int FAMILY_BYTES = Short.BYTES;

    /** A receiver that has not read for so long may miss something. */
    private static final int ATTEMPTS_MAX = 100;

    private static final Duration PAUSE = Duration.ofMillis(10);

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final MemoryLayout POINTER = ValueLayout.ADDRESS;
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private final MethodHandle socket;
    private final MethodHandle sendto;
    private final MethodHandle close;
    private final MethodHandle clockGettime;

    UnixDatagrams() {
        socket = function("socket", FunctionDescriptor.of(INT, INT, INT, INT));
        sendto = function("sendto", FunctionDescriptor.of(LONG, INT, POINTER, LONG, INT, POINTER, INT));
        close = function("close", FunctionDescriptor.of(INT, INT));
        clockGettime = function("clock_gettime", FunctionDescriptor.of(INT, INT, POINTER));
    }

    /**
     * Sends one datagram.
     *
     * @param address a path, or {@code @} and the name of an abstract socket
     * @throws IOException if there is no such socket, or nobody reads from it
     */
    void send(String address, String text) throws IOException {
        byte[] path = address.getBytes(Charset.forName(System.getProperty("sun.jnu.encoding")));
        boolean isAbstract = address.startsWith("@");
        int length = path.length + (isAbstract ? 0 : 1);
        if (length > PATH_BYTES_MAX) {
            throw new IOException("its name is longer than " + PATH_BYTES_MAX + " bytes");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment target = arena.allocate(FAMILY_BYTES + PATH_BYTES_MAX);
            target.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
            MemorySegment.copy(path, 0, target, ValueLayout.JAVA_BYTE, FAMILY_BYTES, path.length);
            if (isAbstract) {
                target.set(ValueLayout.JAVA_BYTE, FAMILY_BYTES, (byte) 0);
            }
            MemorySegment state = arena.allocate(STATE);
            MemorySegment message = arena.allocateFrom(text);
            int descriptor = (int) call(socket, state, AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
            try {
                long bytes = message.byteSize() - 1; // without the zero of a C string
                sendTo(descriptor, message, bytes, target, FAMILY_BYTES + length, state);
            } finally {
                call(close, state, descriptor);
            }
        }
    }

    private void sendTo(
            int descriptor,
            MemorySegment message,
            long bytes,
            MemorySegment target,
            int targetBytes,
            MemorySegment state)
            throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                call(sendto, state, descriptor, message, bytes, MSG_DONTWAIT | MSG_NOSIGNAL, target, targetBytes);
                return;
            } catch (IOException e) {
                if ((int) ERRNO.get(state, 0L) != EAGAIN || attempt == ATTEMPTS_MAX) {
                    throw e;
                }
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Microseconds of the clock by which systemd tells whether a message is older than its own question. */
    long monotonicMicros() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(LONG, 2); // seconds and nanoseconds
            call(clockGettime, arena.allocate(STATE), CLOCK_MONOTONIC, time);
            return TimeUnit.SECONDS.toMicros(time.getAtIndex(LONG, 0))
                    + TimeUnit.NANOSECONDS.toMicros(time.getAtIndex(LONG, 1));
        }
    }

    @SuppressWarnings("restricted") // the launcher enables native access for this module
    private static MethodHandle function(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), type, Linker.Option.captureCallState("errno"));
    }

    /** What a function returns, an int or a long; less than 0 is a failure. */
    private static Object call(MethodHandle function, MemorySegment state, Object... arguments) throws IOException {
        Object[] all = new Object[arguments.length + 1];
        all[0] = state;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        Object result;
        try {
            result = function.invokeWithArguments(all);
        } catch (Throwable e) {
            throw new IOException("cannot be called: " + e, e);
        }
        if (result instanceof Number number && number.longValue() < 0) {
            throw new IOException("error number " + ERRNO.get(state, 0L));
        }
        return result;
    }
}
