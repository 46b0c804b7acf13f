package org.confmail.shared.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON of the admin protocol to records and back, within bounds. Times are ISO-8601 text in UTC, enumerations their lower-case
 * words, what is absent is left away; members that a reader does not know are ignored, so that old and new get along.
 */
public final class AdminJson {
    /** One JSON value, without its line end: room for the largest config.txt with its line ends escaped. */
    public static final int MESSAGE_BYTES_MAX = 2 << 20;

    /** No message of ours is deeper than 8; a reader that recurses must not be led deeper than its stack. */
    private static final int DEPTH_MAX = 32;

    /** Digits of a number. Parsing long ones takes time that grows with the square. */
    private static final int NUMBER_CHARACTERS_MAX = 40;

    private static final int NAME_CHARACTERS_MAX = 256;

    private static final Pattern CLASS_NAME = Pattern.compile("Cannot .* of type `[^`]*` from ");
    private static final int REASON_CHARACTERS_MAX = 300;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .maxNumberLength(NUMBER_CHARACTERS_MAX)
                            .maxNameLength(NAME_CHARACTERS_MAX)
                            .maxStringLength(MESSAGE_BYTES_MAX)
                            .maxDocumentLength(MESSAGE_BYTES_MAX)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .changeDefaultNullHandling(missing -> missing.withValueNulls(Nulls.AS_EMPTY))
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .build();

    private AdminJson() {}

    /**
     * The one JSON value that these bytes are.
     *
     * @throws AdminException {@link AdminError#PARSE} when they are none, or one beyond the bounds
     */
    public static JsonNode parse(byte[] bytes, int offset, int length) throws AdminException {
        try {
            JsonNode value = MAPPER.readTree(bytes, offset, length);
            if (value.isMissingNode()) {
                throw new AdminException(AdminError.PARSE, "an empty line is no JSON value");
            }
            return value;
        } catch (JacksonException e) {
            throw new AdminException(
                    AdminError.PARSE, "not a JSON value that this server takes: " + e.getOriginalMessage(), e);
        }
    }

    /** As {@link #parse(byte[], int, int)}. */
    public static JsonNode parse(String text) throws AdminException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return parse(bytes, 0, bytes.length);
    }

    /** The JSON value of a record. */
    public static JsonNode tree(Record value) {
        return MAPPER.valueToTree(value);
    }

    /** One line, without its end. */
    public static byte[] bytes(JsonNode value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /** The value on several lines, for people. */
    public static String pretty(JsonNode value) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    }

    /**
     * The record that these members make. Members that may be left away are those of type Optional and List; a missing list is
     * an empty one.
     *
     * @throws AdminException {@link AdminError#WRONG_PARAMS}, with what would be right
     */
    public static <P extends Record> P params(JsonNode members, Class<P> type) throws AdminException {
        if (!members.isObject()) {
            throw new AdminException(
                    AdminError.WRONG_PARAMS, "params must be an object with named members. " + expected(type));
        }
        for (RecordComponent component : type.getRecordComponents()) {
            // Both what is not there and a null.
            if (!mayBeAbsent(component) && !members.hasNonNull(component.getName())) {
                throw new AdminException(
                        AdminError.WRONG_PARAMS, "'" + component.getName() + "' is missing. " + expected(type));
            }
        }
        try {
            return MAPPER.treeToValue(members, type);
        } catch (JacksonException e) {
            throw new AdminException(AdminError.WRONG_PARAMS, place(e) + reason(e) + ". " + expected(type), e);
        }
    }

    /**
     * The record that a server's answer makes.
     *
     * @throws AdminException {@link AdminError#PARSE} when it makes none: this server speaks something else
     */
    static <R extends Record> R result(JsonNode members, Class<R> type) throws AdminException {
        try {
            return MAPPER.treeToValue(members, type);
        } catch (JacksonException e) {
            throw new AdminException(
                    AdminError.PARSE, "the server's answer is not as expected: " + e.getOriginalMessage(), e);
        }
    }

    static boolean mayBeAbsent(RecordComponent component) {
        return component.getType() == Optional.class || component.getType() == List.class;
    }

    private static String place(JacksonException e) {
        return e.getPath().isEmpty()
                ? ""
                : e.getPath().stream()
                        .map(step -> step.getPropertyName() == null ? "" + step.getIndex() : step.getPropertyName())
                        .collect(Collectors.joining(".", "'", "': "));
    }

    /** Without the names of our classes, which Jackson's messages hold. */
    private static String reason(JacksonException e) {
        String message = e.getCause() instanceof IllegalArgumentException own
                ? String.valueOf(own.getMessage())
                : e.getOriginalMessage();
        int classes = message.indexOf("(for");
        String said = CLASS_NAME
                .matcher(classes < 0 ? message : message.substring(0, classes))
                .replaceAll("wrong value: ")
                .replace(" for Enum class", "")
                .strip();
        return said.substring(0, Math.min(said.length(), REASON_CHARACTERS_MAX));
    }

    private static String expected(Class<? extends Record> type) {
        RecordComponent[] components = type.getRecordComponents();
        return components.length == 0
                ? "This method takes no parameters."
                : Stream.of(components)
                        .map(one -> one.getName() + (mayBeAbsent(one) ? " (optional)" : "") + ": "
                                + FieldDescription.typeOf(one.getGenericType()))
                        .collect(Collectors.joining(", ", "Expected: ", "."));
    }
}
