package org.confmail.server.log;

/**
 * When the log goes on in a new file, and what stays of the old ones.
 *
 * @param bytes a file of which more would be moved aside before that; 0 = of any size
 * @param days a file is moved aside once its first line is of so many calendar days ago; 0 = of any age
 * @param keep how many old files stay, at least 1
 */
public record Rotation(long bytes, int days, int keep) {
    /** The file grows for ever, or until somebody else moves it away. */
    public static final Rotation NEVER = new Rotation(0, 0, 1);

    public Rotation {
        if (bytes < 0 || days < 0 || keep < 1) {
            throw new IllegalArgumentException("rotation by " + bytes + " bytes, " + days + " days, keeping " + keep);
        }
    }
}
