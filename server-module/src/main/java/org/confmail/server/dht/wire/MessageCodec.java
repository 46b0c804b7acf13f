package org.confmail.server.dht.wire;

import org.confmail.server.block.Key;
import org.confmail.server.dht.wire.Message.Failure;
import org.confmail.server.dht.wire.Message.Request;
import org.confmail.server.dht.wire.Message.Response;
import org.confmail.server.dht.wire.Query.Delete;
import org.confmail.server.dht.wire.Query.FindNode;
import org.confmail.server.dht.wire.Query.FindValue;
import org.confmail.server.dht.wire.Query.Ping;
import org.confmail.server.dht.wire.Query.Store;
import org.confmail.server.dht.wire.Query.Unknown;
import org.confmail.server.dht.wire.Query.WrongArguments;
import org.confmail.server.dht.wire.Result.Contacts;
import org.confmail.server.dht.wire.Result.Text;
import org.confmail.server.dht.wire.Result.Value;

/**
 * Turns messages into bytes and back. A message is a dictionary with the keys 0 kind, 1 message id, 2 sender, 3 payload, 4
 * arguments. PROTOCOL section 10. Safe for use by many threads.
 */
public final class MessageCodec {
    static final int REQUEST = 0;
    static final int RESPONSE = 1;
    static final int FAILURE = 2;

    /** Holds all but lists of contacts and values. */
    private static final int SMALL_MESSAGE_BYTES = 192;
    /** One contact: an id of 23 bytes, an address of up to 42, a port of 7, and the list around them. */
    private static final int CONTACT_BYTES = 74;

    private MessageCodec() {}

    /**
     * The message that these bytes are, to the last one.
     *
     * @throws MalformedMessageException if they are none
     */
    public static Message decode(byte[] bytes) throws MalformedMessageException {
        return new MessageReader(new BencodeReader(bytes)).message();
    }

    /** The bytes of a message, as an existing node would write them. They may be too many for a datagram. */
    public static byte[] encode(Message message) {
        BencodeWriter out = new BencodeWriter(SMALL_MESSAGE_BYTES + payloadBytes(message));
        out.dictionary();
        out.integer(0).integer(kind(message));
        out.integer(1).string(message.messageId());
        out.integer(2).string(message.sender());
        out.integer(3);
        switch (message) {
            case Request request -> query(request, out);
            case Response response -> result(response.result(), out);
            case Failure failure -> out.string(failure.type()).integer(4).string(failure.text());
        }
        return out.end().toBytes();
    }

    private static int kind(Message message) {
        return switch (message) {
            case Request _ -> REQUEST;
            case Response _ -> RESPONSE;
            case Failure _ -> FAILURE;
        };
    }

    private static int payloadBytes(Message message) {
        return switch (message) {
            case Request request -> request.query() instanceof Store store ? store.value().length : 0;
            case Response response ->
                switch (response.result()) {
                    case Text _ -> 0;
                    case Contacts(var contacts) -> contacts.size() * CONTACT_BYTES;
                    case Value value -> value.bytes().length;
                };
            case Failure _ -> 0;
        };
    }

    private static void query(Request request, BencodeWriter out) {
        switch (request.query()) {
            case Ping _ -> arguments(Method.PING.wireName(), out);
            case Store store -> store(store, request.sender(), out);
            case FindNode(var key) ->
                arguments(Method.FIND_NODE.wireName(), out).string(key);
            case FindValue(var key) ->
                arguments(Method.FIND_VALUE.wireName(), out).string(key);
            case Delete(var key) -> arguments(Method.DELETE.wireName(), out).string(key);
            case Unknown(var method) -> arguments(method, out);
            case WrongArguments(var method, var given) -> {
                arguments(method, out);
                for (int i = 0; i < given; i++) {
                    out.string("");
                }
            }
        }
        out.end();
    }

    private static BencodeWriter arguments(String method, BencodeWriter out) {
        return out.string(method).integer(4).list();
    }

    private static void store(Store store, Key sender, BencodeWriter out) {
        arguments(Method.STORE.wireName(), out).string(store.key()).string(store.value());
        if (store.publisher().isPresent() || !store.age().isZero()) {
            // The age is the fourth argument and needs a third.
            out.string(store.publisher().orElse(sender)).integer(store.age().toSeconds());
        }
    }

    private static void result(Result result, BencodeWriter out) {
        switch (result) {
            case Text(var text) -> out.string(text);
            case Value(var key, var bytes) ->
                out.dictionary().string(key).string(bytes).end();
            case Contacts(var contacts) -> {
                out.list();
                for (Contact contact : contacts) {
                    out.list()
                            .string(contact.id())
                            .string(AddressText.of(contact.address().getAddress()))
                            .integer(contact.address().getPort())
                            .end();
                }
                out.end();
            }
        }
    }
}
