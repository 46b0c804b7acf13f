package org.confmail.server.log;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongFunction;

/**
 * Where the log's lines go: a stream that can be opened anew while lines come in, and that never fails. A line that cannot be
 * written (full disk, closed terminal) is counted and dropped, since a server must not stop or wait for the sake of its log; once
 * writing works again, one line tells how many are missing.
 *
 * <p>Each call to {@link #write(byte[], int, int)} brings one event. All state is guarded by this object's monitor.
 */
final class LogOutput extends OutputStream {
    private final Source source;
    private final LongFunction<byte[]> lossNotice;
    private OutputStream target;
    private long lost;
    private long lostInAll;
    private volatile Runnable rotated = () -> {};

    /**
     * Opens the output.
     *
     * @param lossNotice makes the line that tells of so many lost events
     */
    LogOutput(Source source, LongFunction<byte[]> lossNotice) throws IOException {
        this.source = source;
        this.lossNotice = lossNotice;
        this.target = source.open();
    }

    /** Goes on in a newly opened target. When that cannot be opened, everything stays as it is. */
    synchronized void reopen() throws IOException {
        OutputStream fresh = source.open();
        OutputStream old = target;
        target = fresh;
        old.close();
    }

    /** Has this called whenever the output has gone on in a new target by itself; it must return soon. */
    void whenRotated(Runnable call) {
        rotated = call;
    }

    /** How many events could not be written since the start. */
    synchronized long lost() {
        return lostInAll;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        try {
            if (source.isFull(length)) {
                rotate();
            }
            if (target instanceof Unopened) {
                target = source.open();
            }
            if (lost > 0) {
                target.write('\n'); // the last line may have been cut short
                target.write(lossNotice.apply(lost));
                lost = 0;
            }
            target.write(bytes, offset, length);
            source.written(length);
        } catch (IOException e) {
            lost++;
            lostInAll++;
        }
    }

    private void rotate() throws IOException {
        target.close(); // first, since Windows does not rename a file that is open
        target = new Unopened();
        byte[] trouble = source.moveAside();
        target = source.open();
        target.write(trouble);
        rotated.run();
    }

    /** Does nothing: the target has no buffer. */
    @Override
    public void flush() {}

    /** Does nothing: the last lines of a process come late, and the system closes the file after them. */
    @Override
    public void close() {}

    /** Opens the target: again and again, always the same name. */
    interface Source {
        OutputStream open() throws IOException;

        /** Whether the next bytes, so many, should go to a new target. */
        default boolean isFull(int bytes) {
            return false;
        }

        /** Is told what was written. */
        default void written(int bytes) {}

        /** Moves the target away from its name. Returns lines for the new one, which tell what went wrong. */
        default byte[] moveAside() {
            return new byte[0];
        }
    }

    /** Takes nothing: the target could not be opened when it was left for a new one. */
    private static final class Unopened extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("not open");
        }
    }
}
