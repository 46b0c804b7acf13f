package org.confmail.server.dht.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import org.confmail.server.dht.wire.Result.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCodecTest {
    private static final Key ID = key("ID");
    private static final Key SENDER = key("SENDER");
    private static final Key KEY = key("KEY");

    /** Their arguments are not kept. */
    private static final Set<String> NOT_REPEATED = Set.of("unknown-method", "store-wrong-arguments");

    private static Key key(String text) {
        return Key.sha1(text.getBytes(ISO_8859_1));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    private static Message decode(String text) throws MalformedMessageException {
        return MessageCodec.decode(text.getBytes(ISO_8859_1));
    }

    private static String head(int kind) {
        return "di0ei" + kind + "ei1e20:" + text(ID.bytes()) + "i2e20:" + text(SENDER.bytes()) + "i3e";
    }

    private static Query request(String payload) throws MalformedMessageException {
        return assertInstanceOf(Request.class, decode(head(0) + payload + "e")).query();
    }

    private static Result response(String payload) throws MalformedMessageException {
        return assertInstanceOf(Response.class, decode(head(1) + payload + "e")).result();
    }

    private static Contact contact(String address, int port) throws Exception {
        return new Contact(KEY, new InetSocketAddress(InetAddress.ofLiteral(address), port));
    }

    private static void refused(Reason reason, String message) {
        assertEquals(
                reason,
                assertThrows(MalformedMessageException.class, () -> decode(message))
                        .reason());
    }

    private static List<String> singleDatagrams() {
        return Datagrams.names().stream()
                .filter(name -> !name.endsWith("-fragmented"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("singleDatagrams")
    void repeatsWhatExistingNodesSay(String name) throws Exception {
        List<byte[]> datagrams = new ArrayList<>(Datagrams.answered(name));
        if (!NOT_REPEATED.contains(name)) {
            datagrams.addAll(Datagrams.asked(name));
        }
        for (byte[] datagram : datagrams) {
            assertEquals(text(datagram), text(MessageCodec.encode(MessageCodec.decode(datagram))));
        }
    }

    @Test
    void readsWhatAnExistingNodeWasAsked() throws Exception {
        assertEquals(new Ping(), asked("ping"));
        assertEquals(
                new Delete(Key.parse("1457E2D7AB106F98561383D79C1A84E5EBCB3695").orElseThrow()), asked("delete"));
        assertEquals(
                new FindNode(
                        Key.parse("B135286F7C84BA9CBA997E0E425DCC4C6F78464C").orElseThrow()),
                asked("find-node"));
        assertEquals(
                new FindValue(
                        Key.parse("1457E2D7AB106F98561383D79C1A84E5EBCB3695").orElseThrow()),
                asked("find-value-small"));
        assertEquals(new Unknown("explode"), asked("unknown-method"));
        assertEquals(new WrongArguments("store", 1), asked("store-wrong-arguments"));
        Store published = assertInstanceOf(Store.class, asked("store-small"));
        assertEquals(Key.parse("CC4235D4A659FEAA949F1C4BFEDEC4A55F6F83C8"), published.publisher());
        assertEquals(Duration.ZERO, published.age());
        assertEquals(142, published.value().length);
        assertEquals(
                Optional.empty(),
                assertInstanceOf(Store.class, asked("store-two-arguments")).publisher());
    }

    private static Query asked(String name) throws MalformedMessageException {
        Message message = MessageCodec.decode(Datagrams.asked(name).getFirst());
        return assertInstanceOf(Request.class, message).query();
    }

    private static Message answered(String name) throws MalformedMessageException {
        return MessageCodec.decode(Datagrams.answered(name).getFirst());
    }

    @Test
    void readsWhatAnExistingNodeAnswers() throws Exception {
        assertEquals(
                Result.PONG, assertInstanceOf(Response.class, answered("ping")).result());
        assertEquals(
                Result.OK,
                assertInstanceOf(Response.class, answered("store-small")).result());
        Contacts contacts = assertInstanceOf(
                Contacts.class,
                assertInstanceOf(Response.class, answered("delete")).result());
        assertEquals(8, contacts.contacts().size());
        assertEquals(
                new Contact(
                        Key.parse("353D0E3BD9CB9E2E0CE233DF547D76F7CBA8F1A2").orElseThrow(),
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 57552)),
                contacts.contacts().getFirst());
        Value value = assertInstanceOf(
                Value.class,
                assertInstanceOf(Response.class, answered("find-value-small")).result());
        assertEquals(
                "Type: acknowledgment", text(value.bytes()).lines().findFirst().orElseThrow());
        Failure failure = assertInstanceOf(Failure.class, answered("unknown-method"));
        assertEquals("exceptions.AttributeError", failure.type());
        assertEquals("Invalid method: explode", failure.text());
    }

    @Test
    void everyMessageComesBack() throws Exception {
        List<Message> messages = List.of(
                new Request(ID, SENDER, new Ping()),
                new Request(ID, SENDER, new FindNode(KEY)),
                new Request(ID, SENDER, new FindValue(KEY)),
                new Request(ID, SENDER, new Delete(KEY)),
                new Request(ID, SENDER, new Unknown("é")),
                new Request(ID, SENDER, new WrongArguments("ping", 3)),
                new Response(ID, SENDER, Result.PONG),
                new Response(ID, SENDER, Result.OK),
                new Response(ID, SENDER, new Contacts(List.of())),
                new Response(
                        ID, SENDER, new Contacts(List.of(contact("203.0.113.9", 1), contact("2001:db8::17", 65535)))),
                new Failure(ID, SENDER, "exceptions.TypeError", ""));
        for (Message message : messages) {
            byte[] bytes = MessageCodec.encode(message);
            assertEquals(message, MessageCodec.decode(bytes));
            refused(Reason.TRAILING_BYTES, text(bytes) + "e");
        }
    }

    @Test
    void valuesComeBack() throws Exception {
        byte[] bytes = new byte[70_000];
        bytes[0] = 'd';
        bytes[69_999] = (byte) 0xff;
        Value value = assertInstanceOf(
                Value.class,
                ((Response) MessageCodec.decode(MessageCodec.encode(new Response(ID, SENDER, new Value(KEY, bytes)))))
                        .result());
        assertEquals(KEY, value.key());
        assertArrayEquals(bytes, value.bytes());
        Store store = sent(new Store(KEY, bytes, Optional.of(ID), Duration.ofSeconds(86_399)));
        assertArrayEquals(bytes, store.value());
        assertEquals(Optional.of(ID), store.publisher());
        assertEquals(Duration.ofSeconds(86_399), store.age());
        assertEquals(
                Optional.empty(),
                sent(new Store(KEY, bytes, Optional.empty(), Duration.ZERO)).publisher());
        assertEquals(
                Optional.of(SENDER),
                sent(new Store(KEY, bytes, Optional.empty(), Duration.ofSeconds(5)))
                        .publisher());
    }

    private static Store sent(Store store) throws MalformedMessageException {
        return assertInstanceOf(
                Store.class,
                ((Request) MessageCodec.decode(MessageCodec.encode(new Request(ID, SENDER, store)))).query());
    }

    @ParameterizedTest
    @CsvSource({"i7e,7", "f7.9e,7", "i0e,0", "i-3e,0", "f-0.5e,0", "i999999999999999999e,999999999999999999"})
    void ageIsWholeSecondsAndNeverNegative(String sent, long seconds) throws Exception {
        String arguments = "l20:" + text(KEY.bytes()) + "1:v20:" + text(ID.bytes()) + sent + "e";
        Store store = assertInstanceOf(Store.class, request("5:storei4e" + arguments));
        assertEquals(Duration.ofSeconds(seconds), store.age());
    }

    @ParameterizedTest
    @ValueSource(strings = {"i1e", "li1ee", "de", "f1.5e"})
    void valueThatIsNoStringIsRefused(String value) {
        String key = "20:" + text(KEY.bytes());
        refused(Reason.VALUE_NO_STRING, head(0) + "5:storei4el" + key + value + "ee");
        refused(Reason.VALUE_NO_STRING, head(1) + "d" + key + value + "ee");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.", ".1.2.3", "1..2.3",
                        "0x1.2.3.4",
                "-1.2.3.4", "0.0.0.0", "224.0.0.1", "", "::", "ff02::1", "fe80::1%eth0", "1::2::3", "12345::", ":",
                "1.2.3.4 ", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void contactThatNothingCanBeSentToIsLeftOut(String address) throws Exception {
        String bad = "l20:" + text(KEY.bytes()) + address.length() + ":" + address + "i9ee";
        String good = "l20:" + text(KEY.bytes()) + "9:127.0.0.1i9ee";
        assertEquals(new Contacts(List.of(contact("127.0.0.1", 9))), response("l" + bad + good + "e"));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 65536, 999999999999999999L})
    void portOutOfRangeIsLeftOut(long port) throws Exception {
        String contact = "l20:" + text(KEY.bytes()) + "9:127.0.0.1i" + port + "ee";
        assertEquals(new Contacts(List.of()), response("l" + contact + "e"));
    }

    @Test
    void addressesAreReadInTheirFormsOfDigits() throws Exception {
        for (String address :
                List.of("1.2.3.4", "255.255.255.255", "10.0.0.1", "2001:db8::1", "::1", "::ffff:1.2.3.4")) {
            String contact = "l20:" + text(KEY.bytes()) + address.length() + ":" + address + "i9ee";
            assertEquals(new Contacts(List.of(contact(address, 9))), response("l" + contact + "e"));
        }
    }

    @Test
    void listOfContactsIsBounded() throws Exception {
        String contact = "l20:" + text(KEY.bytes()) + "9:127.0.0.1i9ee";
        assertEquals(
                MessageReader.CONTACTS_MAX,
                ((Contacts) response("l" + contact.repeat(MessageReader.CONTACTS_MAX) + "e"))
                        .contacts()
                        .size());
        refused(Reason.TOO_MANY_CONTACTS, head(1) + "l" + contact.repeat(MessageReader.CONTACTS_MAX + 1) + "ee");
    }

    @ParameterizedTest
    @CsvSource({
        "WRONG_TYPE, i1e",
        "BAD_CONTACT, li1ee",
        "BAD_CONTACT, llee",
        "ID_LENGTH, ll1:x9:127.0.0.1i9eee",
        "NOT_ONE_VALUE, de",
        "NOT_ONE_VALUE, di1e1:xe",
        "ID_LENGTH, d1:x1:xe",
        "CUT_OFF, 9:pong",
        "CUT_OFF, 999999999999999999:pong",
        "BAD_NUMBER, 9999999999999999999:pong",
        "BAD_NUMBER, 04:pong",
        "TEXT_TOO_LONG, 65:xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    })
    void answerThatIsNoneIsRefused(Reason reason, String payload) {
        refused(reason, head(1) + payload + "e");
    }

    @ParameterizedTest
    @CsvSource({
        "MISSING_PART, 4:ping",
        "WRONG_TYPE, 4:pingi4e1:x",
        "WRONG_TYPE, i1ei4ele",
        "ID_LENGTH, 8:findNodei4el1:xe",
        "WRONG_TYPE, 8:findNodei4eli1ee",
        "KEYS_OUT_OF_ORDER, 4:pingi3ele",
        "KEYS_OUT_OF_ORDER, 4:pingi4elei4ele",
        "MISSING_PART, 4:pingi5ele",
        "NO_BENCODING, 4:pingi4elei5ee",
        "WRONG_TYPE, 1:xi4elxe"
    })
    void requestThatIsNoneIsRefused(Reason reason, String payload) {
        refused(reason, head(0) + payload + "e");
    }

    @ParameterizedTest
    @CsvSource({
        "CUT_OFF, ''",
        "MISSING_PART, x",
        "MISSING_PART, le",
        "MISSING_PART, de",
        "MISSING_PART, di1e1:xe",
        "CUT_OFF, d",
        "CUT_OFF, di",
        "CUT_OFF, di0ei",
        "CUT_OFF, di0ei1234",
        "BAD_NUMBER, di00ei1ee",
        "BAD_NUMBER, di-0ei1ee",
        "BAD_NUMBER, di-ei1ee",
        "BAD_NUMBER, diei1ee",
        "BAD_NUMBER, di1234567890123456789ei1ee",
        "WRONG_TYPE, d1:01:0e",
        "KEYS_OUT_OF_ORDER, di-1ei0ee",
    })
    void whatIsNoMessageIsRefused(Reason reason, String bytes) {
        refused(reason, bytes);
    }

    @Test
    void unknownKindIsRefused() {
        refused(Reason.UNKNOWN_KIND, head(3) + "4:ponge");
        refused(Reason.UNKNOWN_KIND, head(-1) + "4:ponge");
    }

    @Test
    void everyCutIsRefused() {
        for (String name : singleDatagrams()) {
            byte[] whole = Datagrams.answered(name).getFirst();
            for (int length = 0; length < whole.length; length++) {
                refused(Reason.CUT_OFF, text(whole).substring(0, length));
            }
        }
    }

    @Test
    void partsOfALaterProtocolArePassedOver() throws Exception {
        assertEquals(new Ping(), request("4:pingi4elei7eldi1e1:xi2ef1.5eee"));
        assertEquals(Result.PONG, response("4:pongi4elei5ei-1e"));
        refused(Reason.KEYS_OUT_OF_ORDER, head(1) + "4:pongi4elei4elee");
        refused(Reason.NO_BENCODING, head(1) + "4:pongi4eee");
        refused(Reason.BAD_NUMBER, head(1) + "4:pongi4ef1.5.5ee");
        refused(Reason.BAD_NUMBER, head(1) + "4:pongi4ef1.ee");
        refused(Reason.BAD_NUMBER, head(1) + "4:pongi4ef1." + "0".repeat(33) + "ee");
    }

    @Test
    void listsInListsAreCheapAndRefused() {
        String deep = "l".repeat(60_000);
        refused(Reason.TOO_DEEP, head(0) + "1:xi4e" + deep + "e".repeat(60_001));
        refused(Reason.TOO_DEEP, head(1) + "4:pongi4e" + deep);
    }

    @Test
    void longTextOfAnErrorIsShortened() throws Exception {
        Failure failure = assertInstanceOf(
                Failure.class,
                MessageCodec.decode(MessageCodec.encode(new Failure(ID, SENDER, "x", "y".repeat(9000)))));
        assertEquals("y".repeat(MessageReader.FAILURE_TEXT_CHARS_MAX), failure.text());
        refused(Reason.TEXT_TOO_LONG, text(MessageCodec.encode(new Failure(ID, SENDER, "x".repeat(129), ""))));
    }

    @Test
    void refusalCostsNoStackTrace() {
        assertEquals(
                0,
                assertThrows(MalformedMessageException.class, () -> decode("x")).getStackTrace().length);
    }
}
