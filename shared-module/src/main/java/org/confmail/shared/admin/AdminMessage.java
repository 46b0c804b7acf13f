package org.confmail.shared.admin;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One line of the admin protocol: a JSON-RPC 2.0 message. There are no batches. */
public sealed interface AdminMessage {

    /**
     * A question.
     *
     * @param id of the asker's choice, a number or text; empty = no answer is wanted
     */
    record Request(Optional<JsonNode> id, String method, JsonNode params) implements AdminMessage {}

    /** The answer to the request of that id. */
    record Result(JsonNode id, JsonNode result) implements AdminMessage {}

    /** The answer to a request that was not done; the id is null where it could not be read. */
    record Failure(JsonNode id, AdminError error, String message) implements AdminMessage {}

    /** What a subscriber gets. */
    record Notification(String event, JsonNode params) implements AdminMessage {}

    /** The most characters of an id that is text; it is sent back as it came. */
    int ID_CHARACTERS_MAX = 200;

    /** No id. */
    JsonNode NO_ID = JsonNodeFactory.instance.nullNode();

    /**
     * The request that a line holds.
     *
     * @throws AdminException {@link AdminError#INVALID_REQUEST} when it holds none
     */
    static Request request(JsonNode value) throws AdminException {
        if (value.isArray()) {
            throw invalid("there are no batches: send one request a line");
        }
        if (!value.isObject()) {
            throw invalid("a request is an object: {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"hello\",\"params\":{}}");
        }
        if (!value.path("jsonrpc").isString()
                || !value.path("jsonrpc").stringValue().equals("2.0")) {
            throw invalid("the member jsonrpc must be \"2.0\"");
        }
        if (!value.path("method").isString()) {
            throw invalid("the member method must be the name of a method; describe lists them");
        }
        if (value.has("id") && !isId(value.path("id"))) {
            throw invalid("the member id must be a number, or text of at most " + ID_CHARACTERS_MAX + " characters");
        }
        Optional<JsonNode> id =
                value.has("id") && !value.path("id").isNull() ? Optional.of(value.path("id")) : Optional.empty();
        JsonNode params = value.has("params") ? value.path("params") : JsonNodeFactory.instance.objectNode();
        return new Request(id, value.path("method").stringValue(), params);
    }

    /** The id of something that is not quite a request, so that its error can be told apart. */
    static JsonNode idOf(JsonNode value) {
        JsonNode id = value.path("id");
        return isId(id) ? id : NO_ID;
    }

    private static boolean isId(JsonNode id) {
        return id.isNumber()
                || id.isNull()
                || (id.isString() && id.stringValue().length() <= ID_CHARACTERS_MAX);
    }

    /**
     * What a server sent.
     *
     * @throws AdminException {@link AdminError#PARSE} when it is no message
     */
    static AdminMessage fromServer(JsonNode value) throws AdminException {
        if (value.has("method")) {
            return new Notification(value.path("method").asString(), value.path("params"));
        }
        if (value.has("error")) {
            JsonNode error = value.path("error");
            return new Failure(
                    value.path("id"),
                    AdminError.of(error.path("code").asInt(0)),
                    error.path("message").asString("no reason given"));
        }
        if (value.has("result")) {
            return new Result(value.path("id"), value.path("result"));
        }
        throw new AdminException(AdminError.PARSE, "what answers there does not speak the admin protocol");
    }

    /** The message as it is sent. */
    default JsonNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
        switch (this) {
            case Request request -> {
                request.id().ifPresent(value -> json.set("id", value));
                json.put("method", request.method()).set("params", request.params());
            }
            case Result answer -> {
                json.set("id", answer.id());
                json.set("result", answer.result());
            }
            case Failure failure -> {
                json.set("id", failure.id());
                ObjectNode members = json.putObject("error")
                        .put("code", failure.error().code())
                        .put("message", failure.message());
                members.putObject("data").put("word", failure.error().toString());
            }
            case Notification notification ->
                json.put("method", notification.event()).set("params", notification.params());
        }
        return json;
    }

    private static AdminException invalid(String message) {
        return new AdminException(AdminError.INVALID_REQUEST, message);
    }
}
