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
    private final Opener opener;
    private final LongFunction<byte[]> lossNotice;
    private OutputStream target;
    private long lost;

    /**
     * Opens the output.
     *
     * @param lossNotice makes the line that tells of so many lost events
     */
    LogOutput(Opener opener, LongFunction<byte[]> lossNotice) throws IOException {
        this.opener = opener;
        this.lossNotice = lossNotice;
        this.target = opener.open();
    }

    /** Goes on in a newly opened target. When that cannot be opened, everything stays as it is. */
    void reopen() throws IOException {
        OutputStream fresh = opener.open();
        OutputStream old;
        synchronized (this) {
            old = target;
            target = fresh;
        }
        old.close();
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        try {
            if (lost > 0) {
                target.write('\n'); // the last line may have been cut short
                target.write(lossNotice.apply(lost));
                lost = 0;
            }
            target.write(bytes, offset, length);
        } catch (IOException e) {
            lost++;
        }
    }

    /** Does nothing: the target has no buffer. */
    @Override
    public void flush() {}

    /** Does nothing: the last lines of a process come late, and the system closes the file after them. */
    @Override
    public void close() {}

    /** Opens the target: again and again, always the same name. */
    interface Opener {
        OutputStream open() throws IOException;
    }
}
