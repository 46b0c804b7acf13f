package org.confmail.shared.admin;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** A method of the protocol, as {@code describe} tells it. */
public record MethodDescription(
        @Doc("group and verb") String name,
        @Doc("what it does") String help,
        @Doc("what it takes") List<FieldDescription> params,
        @Doc("what it gives") List<FieldDescription> result,
        @Doc("parameters that make sense") JsonNode example) {

    public MethodDescription {
        params = List.copyOf(params);
        result = List.copyOf(result);
    }

    /** The description of a method, from its records. */
    public static MethodDescription of(AdminMethod<?, ?> method) {
        return new MethodDescription(
                method.name(),
                method.help(),
                FieldDescription.of(method.params()),
                FieldDescription.of(method.result()),
                AdminJson.tree(method.example()));
    }
}
