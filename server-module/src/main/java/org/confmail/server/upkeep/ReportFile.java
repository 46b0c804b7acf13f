package org.confmail.server.upkeep;

import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.Disk.Access;
import org.confmail.server.disk.DurableFile;

/** Where a report goes: a file that is replaced as a whole, so that whoever fetches it finds the old report or the new one. */
public final class ReportFile {
    private static final int PIECE_CHARACTERS = 64 * 1024;

    private final Path target;
    private final Disk disk;

    public ReportFile(Path target, Disk disk) {
        this.target = target.toAbsolutePath();
        this.disk = disk;
    }

    /** Writes the report, in memory that does not grow with it. */
    public void write(ReportFormat format, UsageReport report) throws IOException {
        Path temporary = target.resolveSibling(target.getFileName() + ".tmp");
        disk.delete(temporary); // a left-over
        try {
            try (DurableFile file = disk.create(temporary, Access.BY_UMASK)) {
                try (Writer out = new Text(file)) {
                    format.write(report, out);
                }
                file.force();
            }
            disk.rename(temporary, target);
        } catch (IOException e) {
            try {
                disk.delete(temporary);
            } catch (IOException also) {
                e.addSuppressed(also);
            }
            throw e;
        }
        disk.forceDirectory(target.resolveSibling("."));
    }

    /** Gathers pieces of text and writes them as UTF-8. */
    private static final class Text extends Writer {
        private final DurableFile file;
        private final StringBuilder piece = new StringBuilder();

        Text(DurableFile file) {
            this.file = file;
        }

        @Override
        public void write(char[] characters, int offset, int length) throws IOException {
            piece.append(characters, offset, length);
            if (piece.length() >= PIECE_CHARACTERS && !Character.isHighSurrogate(piece.charAt(piece.length() - 1))) {
                flush();
            }
        }

        @Override
        public void flush() throws IOException {
            file.write(ByteBuffer.wrap(piece.toString().getBytes(StandardCharsets.UTF_8)));
            piece.setLength(0);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
