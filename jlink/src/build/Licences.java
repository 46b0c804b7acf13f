import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A step of the build, run as {@code java Licences.java MODULES IMAGE} from the source: puts the licence texts and notices that lie in
 * the jars of an image's modules beside those of the Java runtime. It fails when a library of the image has no licence text, or is not
 * named in {@code legal/THIRD-PARTY.txt}.
 */
final class Licences {
    private static final Pattern TEXT = Pattern.compile("META-INF/[^/]*(LICENSE|NOTICE)[^/]*");
    private static final Pattern OF_THE_RUNTIME_OR_OURS = Pattern.compile("(java|jdk|org\\.confmail)\\..*");
    private static final Pattern VERSION = Pattern.compile("-\\d.*");

    private Licences() {}

    public static void main(String[] arguments) throws Exception {
        ModuleFinder jars = ModuleFinder.of(Path.of(arguments[0]));
        Path image = Path.of(arguments[1]);
        Path legal = image.resolve("legal");
        String list = Files.readString(legal.resolve("THIRD-PARTY.txt"));
        List<String> missing = new ArrayList<>();
        for (String module : modules(image)) {
            if (OF_THE_RUNTIME_OR_OURS.matcher(module).matches()) {
                continue;
            }
            Path jar = Path.of(jars.find(module).orElseThrow().location().orElseThrow());
            String artifact = VERSION.matcher(jar.getFileName().toString()).replaceFirst("");
            if (!Pattern.compile("(?<![\\w-])" + Pattern.quote(artifact) + "(?![\\w-])").matcher(list).find()) {
                missing.add(artifact + " (module " + module + ") is not named in legal/THIRD-PARTY.txt");
            }
            Path directory = Files.createDirectories(legal.resolve(module));
            copyTexts(jar, directory);
            if (!hasLicence(directory)) {
                missing.add(artifact + " has no licence text: put one into src/image/legal/" + module);
            }
        }
        if (!missing.isEmpty()) {
            throw new IOException(String.join("; ", missing));
        }
    }

    /** The names of the modules that are in the image. */
    private static List<String> modules(Path image) throws Exception {
        Process java = new ProcessBuilder(image.resolve("bin/java").toString(), "--list-modules")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String names = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (java.waitFor() != 0) {
            throw new IOException("the image does not list its modules");
        }
        return names.lines().map(line -> line.replaceFirst("@.*", "").strip()).toList();
    }

    private static void copyTexts(Path jar, Path directory) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().filter(file -> TEXT.matcher(file.getName()).matches()).toList()) {
                try (InputStream text = zip.getInputStream(entry)) {
                    Path name = Path.of(entry.getName()).getFileName();
                    Files.copy(text, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static boolean hasLicence(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.anyMatch(
                    file -> file.getFileName().toString().toUpperCase(Locale.ROOT).startsWith("LICENSE"));
        }
    }
}
