package org.confmail.console.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.confmail.console.view.ViewName;
import org.junit.jupiter.api.Test;

/** The bundle and the sources belong together: no text is missing, none is left over. */
class MessagesTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path BUNDLE = Path.of("src/main/resources/org/confmail/console/text/messages.properties");
    private static final Pattern LITERAL = Pattern.compile("\"([a-z][A-Za-z0-9-]*(?:\\.[A-Za-z0-9-]+)*\\.?)\"");
    private static final Pattern TEXT_OF = Pattern.compile("\\btext\\(\\s*\"([^\"]+)\"\\s*[,)]");
    private static final Pattern BUTTON_OF = Pattern.compile("Buttons\\s*\\.(?:of|main|dangerous)\\(\\s*\"([^\"]+)\"");
    private static final Pattern QUESTION_OF = Pattern.compile("\\.before(?:Destroying)?\\(\\s*\"([^\"]+)\"");
    private static final Pattern SUFFIX = Pattern.compile("\\.(help|title|text|action|keys|question|label|prompt)$");

    @Test
    void everyTextThatIsAskedForIsThere() throws IOException {
        Set<String> asked = new TreeSet<>();
        eachSource(source -> {
            addAll(asked, TEXT_OF, source, "");
            addAll(asked, BUTTON_OF, source, "");
            addAll(asked, BUTTON_OF, source, ".help");
            for (String suffix : new String[] {".title", ".text", ".action"}) {
                addAll(asked, QUESTION_OF, source, suffix);
            }
        });
        for (ViewName view : ViewName.values()) {
            asked.add(view.key() + ".title");
            asked.add(view.key() + ".question");
        }
        assertFalse(asked.isEmpty());
        asked.removeAll(bundle().stringPropertyNames());
        assertEquals(Set.of(), asked, "texts that the sources ask for and messages.properties does not have");
    }

    @Test
    void noTextIsLeftOver() throws IOException {
        Set<String> literals = new TreeSet<>();
        eachSource(source -> addAll(literals, LITERAL, source, ""));
        Set<String> unused = new TreeSet<>(bundle().stringPropertyNames());
        unused.removeIf(key -> isMentioned(key, literals));
        assertEquals(Set.of(), unused, "texts that no source mentions");
    }

    @Test
    void everyTextIsAPatternThatFormats() throws IOException {
        Properties bundle = bundle();
        for (String key : bundle.stringPropertyNames()) {
            String shown = new MessageFormat(bundle.getProperty(key)).format(new Object[] {1, 2, 3, 4, 5, 6, 7});
            assertFalse(shown.isBlank(), key);
            assertFalse(Pattern.compile("\\{\\d").matcher(shown).find(), key + " quotes an argument: " + shown);
        }
    }

    /** By itself, without a usual ending, or by the beginning to which a part is added. */
    private static boolean isMentioned(String key, Set<String> literals) {
        if (literals.contains(key) || literals.contains(SUFFIX.matcher(key).replaceFirst(""))) {
            return true;
        }
        for (ViewName view : ViewName.values()) {
            if (key.equals(view.key() + ".title") || key.equals(view.key() + ".question")) {
                return true;
            }
        }
        String begin = SUFFIX.matcher(key).replaceFirst("");
        int dot = begin.lastIndexOf('.');
        return dot > 0 && literals.contains(begin.substring(0, dot + 1));
    }

    private static void addAll(Set<String> found, Pattern pattern, String source, String suffix) {
        Matcher matcher = pattern.matcher(source);
        while (matcher.find()) {
            found.add(matcher.group(1) + suffix);
        }
    }

    private static void eachSource(java.util.function.Consumer<String> consumer) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> {
                try {
                    consumer.accept(Files.readString(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private static Properties bundle() throws IOException {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(BUNDLE)) {
            properties.load(reader);
        }
        return properties;
    }
}
