package org.confmail.server.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Instant;

/** A file that is being written. Belongs to one thread at a time. Closing forces nothing. */
public interface DurableFile extends Closeable {

    /** Writes all that remains in {@code bytes} at the end of the file. */
    void write(ByteBuffer bytes) throws IOException;

    /**
     * Appends {@code count} bytes of {@code source} from {@code position} on, copied inside the kernel where it can do that.
     *
     * @throws java.io.EOFException if the source is shorter
     */
    void append(FileChannel source, long position, long count) throws IOException;

    /** How many bytes the file has now. */
    long size() throws IOException;

    /** Takes back what was written behind the first {@code size} bytes. */
    void cut(long size) throws IOException;

    /** Sets the time of the last modification; made durable by {@link #force}, and lost by a later write. */
    void modified(Instant time) throws IOException;

    /** Makes content and attributes durable. The name needs {@link Disk#forceDirectory}. */
    void force() throws IOException;
}
