package org.confmail.server.dht.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confmail.server.block.Key;
import org.confmail.server.dht.wire.MalformedMessageException.Reason;
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

/** Reads one message, part by part in the order of its keys. PROTOCOL section 10. */
final class MessageReader {
    /** The longest of the protocol has nine; the error that answers an unknown one repeats it. */
    static final int METHOD_CHARS_MAX = 64;
    /** Answers in words are "pong" and "OK". */
    static final int ANSWER_CHARS_MAX = 64;
    /** The name of a Python exception. */
    static final int FAILURE_TYPE_CHARS_MAX = 128;
    /** What of an error's text is worth a line in a log. */
    static final int FAILURE_TEXT_CHARS_MAX = 256;
    /** Four times what the buckets of existing nodes hold. */
    static final int CONTACTS_MAX = 32;

    private static final int PORT_MAX = 65535;

    private final BencodeReader in;

    MessageReader(BencodeReader in) {
        this.in = in;
    }

    Message message() throws MalformedMessageException {
        if (!in.atDictionary()) {
            throw new MalformedMessageException(Reason.MISSING_PART);
        }
        in.dictionary();
        part(0);
        long kind = in.integer();
        part(1);
        Key messageId = in.key();
        part(2);
        Key sender = in.key();
        part(3);
        Message message;
        if (kind == MessageCodec.REQUEST) {
            message = new Request(messageId, sender, query());
            further(4);
        } else if (kind == MessageCodec.RESPONSE) {
            message = new Response(messageId, sender, result());
            further(3);
        } else if (kind == MessageCodec.FAILURE) {
            String type = in.text(FAILURE_TYPE_CHARS_MAX);
            part(4);
            message = new Failure(messageId, sender, type, in.textShortened(FAILURE_TEXT_CHARS_MAX));
            further(4);
        } else {
            throw new MalformedMessageException(Reason.UNKNOWN_KIND);
        }
        return message;
    }

    /** Reads the key of a part that must come next. */
    private void part(int number) throws MalformedMessageException {
        if (in.end()) {
            throw new MalformedMessageException(Reason.MISSING_PART);
        }
        long key = in.integer();
        if (key < number) {
            throw new MalformedMessageException(Reason.KEYS_OUT_OF_ORDER);
        }
        if (key > number) {
            throw new MalformedMessageException(Reason.MISSING_PART);
        }
    }

    /** Passes over parts that a later protocol may have, up to the end of the message and of the bytes. */
    private void further(long last) throws MalformedMessageException {
        long before = last;
        while (!in.end()) {
            long key = in.integer();
            if (key <= before) {
                throw new MalformedMessageException(Reason.KEYS_OUT_OF_ORDER);
            }
            before = key;
            in.skip();
        }
        if (!in.atEnd()) {
            throw new MalformedMessageException(Reason.TRAILING_BYTES);
        }
    }

    private Query query() throws MalformedMessageException {
        String name = in.text(METHOD_CHARS_MAX);
        part(4);
        int given = in.elements();
        Optional<Method> method = Method.named(name);
        if (method.isEmpty() || !method.get().takes(given)) {
            in.skip();
            return method.isEmpty() ? new Unknown(name) : new WrongArguments(name, given);
        }
        in.list();
        Query query = switch (method.get()) {
            case PING -> new Ping();
            case STORE -> store(given);
            case FIND_NODE -> new FindNode(in.key());
            case FIND_VALUE -> new FindValue(in.key());
            case DELETE -> new Delete(in.key());
        };
        in.end();
        return query;
    }

    private Store store(int given) throws MalformedMessageException {
        Key key = in.key();
        byte[] value = value();
        Optional<Key> publisher = given > 2 ? Optional.of(in.key()) : Optional.empty();
        // A publisher whose clock was set back says an age below zero.
        long age = given > 3 ? Math.max(0, in.wholePart()) : 0;
        return new Store(key, value, publisher, Duration.ofSeconds(age));
    }

    private byte[] value() throws MalformedMessageException {
        if (!in.atString()) {
            throw new MalformedMessageException(Reason.VALUE_NO_STRING);
        }
        return in.string();
    }

    private Result result() throws MalformedMessageException {
        if (in.atString()) {
            return new Text(in.text(ANSWER_CHARS_MAX));
        }
        return in.atDictionary() ? found() : contacts();
    }

    private Value found() throws MalformedMessageException {
        in.dictionary();
        if (!in.atString()) {
            throw new MalformedMessageException(Reason.NOT_ONE_VALUE);
        }
        Key key = in.key();
        byte[] value = value();
        if (!in.end()) {
            throw new MalformedMessageException(Reason.NOT_ONE_VALUE);
        }
        return new Value(key, value);
    }

    private Contacts contacts() throws MalformedMessageException {
        in.list();
        List<Contact> contacts = new ArrayList<>();
        for (int read = 0; !in.end(); read++) {
            if (read == CONTACTS_MAX) {
                throw new MalformedMessageException(Reason.TOO_MANY_CONTACTS);
            }
            contact().ifPresent(contacts::add);
        }
        return new Contacts(contacts);
    }

    /** One contact, or empty if nothing can be sent to its address. */
    private Optional<Contact> contact() throws MalformedMessageException {
        if (!in.atList() || in.elements() != 3) {
            throw new MalformedMessageException(Reason.BAD_CONTACT);
        }
        in.list();
        Key id = in.key();
        String text = in.textShortened(AddressText.CHARS_MAX + 1);
        long port = in.integer();
        in.end();
        if (port < 1 || port > PORT_MAX) {
            return Optional.empty();
        }
        Optional<InetAddress> address = AddressText.parse(text);
        return address.map(one -> new Contact(id, new InetSocketAddress(one, (int) port)));
    }
}
