import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A step of the build, run as {@code java Checksums.java DIRECTORY} from the source: writes the SHA-256 digests of the files in a
 * directory to {@code SHA256SUMS} there, in the form that {@code sha256sum --check} reads.
 */
final class Checksums {
    private static final String LIST = "SHA256SUMS";

    private Checksums() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(LIST))
                    .sorted()
                    .toList();
        }
        StringBuilder lines = new StringBuilder();
        for (Path file : files) {
            lines.append(digest(file)).append("  ").append(file.getFileName()).append('\n');
        }
        Files.writeString(directory.resolve(LIST), lines);
        System.out.print(lines);
    }

    private static String digest(Path file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
