package org.confmail.server.admin;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.ConfigMethods.Change;
import org.confmail.shared.admin.ConfigMethods.Problem;
import org.confmail.shared.config.ConfigDiff;
import org.confmail.shared.config.ConfigDocument;
import org.confmail.shared.config.ConfigProblem;
import org.confmail.shared.config.ConfigValues;

/** config.txt as clients see it: text in an encoding that loses nothing, problems, and differences without secrets. */
final class ConfigText {
    private static final String UTF_8 = "utf-8";
    private static final String LATIN_1 = "latin-1";

    private ConfigText() {}

    /** The encoding in which the document's bytes and its text can be had from each other. */
    static String encoding(ConfigDocument document) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document.bytes()));
            return UTF_8;
        } catch (CharacterCodingException e) {
            return LATIN_1;
        }
    }

    static String text(ConfigDocument document) {
        return new String(document.bytes(), charset(encoding(document)));
    }

    /**
     * The document that a client's text is.
     *
     * @throws AdminException when it is too large, or cannot be written in that encoding
     */
    static ConfigDocument document(String text, Optional<String> encoding) throws AdminException {
        String name = encoding.orElse(UTF_8);
        if (!name.equals(UTF_8) && !name.equals(LATIN_1)) {
            throw new AdminException(
                    AdminError.WRONG_PARAMS,
                    "'encoding' must be " + UTF_8 + " or " + LATIN_1 + ", as config.read gave it");
        }
        try {
            ByteBuffer encoded = charset(name).newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return ConfigDocument.parse(bytes);
        } catch (CharacterCodingException e) {
            throw new AdminException(
                    AdminError.WRONG_PARAMS,
                    "the text has characters that cannot be written in " + name + ", the encoding of the file",
                    e);
        } catch (IllegalArgumentException e) {
            throw new AdminException(AdminError.WRONG_PARAMS, String.valueOf(e.getMessage()), e);
        }
    }

    private static Charset charset(String name) {
        return name.equals(UTF_8) ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    }

    static List<Problem> problems(List<ConfigProblem> problems) {
        return problems.stream()
                .map(problem -> new Problem(
                        problem.line(),
                        problem.severity() == ConfigProblem.Severity.ERROR,
                        problem.name(),
                        problem.message()))
                .toList();
    }

    /** The options in which two documents differ. */
    static List<Change> changes(ConfigDocument before, ConfigDocument after) {
        return ConfigValues.of(after).changedSince(ConfigValues.of(before)).stream()
                .map(option -> new Change(
                        option.name(),
                        ConfigDiff.shown(option, before),
                        ConfigDiff.shown(option, after),
                        option.actsAtOnce(),
                        option.restartReason()))
                .toList();
    }

    /** The lines in which two documents differ, without the values of secrets. */
    static List<String> lines(ConfigDocument before, ConfigDocument after) {
        return ConfigDiff.lines(before, after, charset(encoding(before)));
    }
}
