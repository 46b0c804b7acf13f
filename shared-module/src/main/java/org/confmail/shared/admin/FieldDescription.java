package org.confmail.shared.admin;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A parameter, or a member of a result, as {@code describe} tells it. */
public record FieldDescription(
        @Doc("its name") String name,

        @Doc(
                "text, whole number, number, true or false, time (ISO-8601, UTC), JSON value, one of some words, object, or a list of these")
        String type,

        @Doc("whether it may be left away") boolean optional,
        @Doc("what it means") String help,

        @Doc("the members of an object, or of the objects of a list")
        List<FieldDescription> fields) {

    public FieldDescription {
        fields = List.copyOf(fields);
    }

    static List<FieldDescription> of(Class<?> type) {
        return of(type, Optional.empty());
    }

    private static List<FieldDescription> of(Class<?> type, Optional<Class<?>> within) {
        return Stream.of(type.getRecordComponents())
                .map(component -> of(component, within))
                .toList();
    }

    private static FieldDescription of(RecordComponent component, Optional<Class<?>> within) {
        Class<?> inner = element(component.getGenericType());
        boolean nested = inner.isRecord() && !Optional.of(inner).equals(within); // a description holds descriptions
        Doc doc = component.getAnnotation(Doc.class);
        return new FieldDescription(
                component.getName(),
                typeOf(component.getGenericType()),
                AdminJson.mayBeAbsent(component),
                doc == null ? "" : doc.value(),
                nested ? of(inner, Optional.of(inner)) : List.of());
    }

    /** The type that an Optional or a List holds, or the type itself. */
    private static Class<?> element(Type type) {
        return type instanceof ParameterizedType generic
                ? element(generic.getActualTypeArguments()[0])
                : (Class<?>) type;
    }

    /** What a client has to write, in words. */
    static String typeOf(Type type) {
        if (type instanceof ParameterizedType generic) {
            String inner = typeOf(generic.getActualTypeArguments()[0]);
            return generic.getRawType() == List.class ? "list of " + inner : inner;
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class) {
            return "text";
        }
        if (plain == boolean.class || plain == Boolean.class) {
            return "true or false";
        }
        if (plain == double.class || plain == Double.class) {
            return "number";
        }
        if (plain.isPrimitive() || Number.class.isAssignableFrom(plain)) {
            return "whole number";
        }
        if (plain == Instant.class) {
            return "time";
        }
        if (plain.isEnum()) {
            return Stream.of(plain.getEnumConstants()).map(Object::toString).collect(Collectors.joining(" or "));
        }
        return plain == JsonNode.class ? "JSON value" : "object";
    }
}
