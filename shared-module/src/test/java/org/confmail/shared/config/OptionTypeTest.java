package org.confmail.shared.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OptionTypeTest {
    private static final String DIGEST = "BD:5A:61:7B:D5:49:A1:CC:36:9E:38:CB:CE:E5:5A:AD:8F:FF:D5:8E";
    private static final String OTHER_DIGEST = "00:5A:61:7B:D5:49:A1:CC:36:9E:38:CB:CE:E5:5A:AD:8F:FF:D5:8E";

    private static <T> void accepts(OptionType<T> type, String text, T value) {
        assertEquals(Optional.of(value), type.parse(text), text);
    }

    private static void rejects(OptionType<?> type, String... texts) {
        for (String text : texts) {
            assertTrue(type.parse(text).isEmpty(), () -> type + " took \"" + text + "\"");
        }
    }

    @Test
    void aPortIsANumberFrom1To65535() {
        OptionType.Port port = new OptionType.Port();
        accepts(port, "1", 1);
        accepts(port, "65535", 65535);
        accepts(port, "08081", 8081);
        accepts(port, "+8081", 8081);
        rejects(port, "", "0", "-1", "65536", "8081x", "80 81", "0x50", "8081.0", "18446744073709559697", "٨٠٨١");
    }

    @Test
    void aTimeInSecondsHasALowerEndAndIsCutOffAtAHundredYears() {
        OptionType.Seconds atLeastOne = new OptionType.Seconds(1);
        accepts(atLeastOne, "1", Duration.ofSeconds(1));
        accepts(atLeastOne, "2678400", Duration.ofDays(31));
        accepts(atLeastOne, "99999999999999999999999999", Duration.ofDays(36500));
        accepts(new OptionType.Seconds(0), "0", Duration.ZERO);
        accepts(new OptionType.Seconds(0), "-0", Duration.ZERO);
        rejects(atLeastOne, "", "0", "-5", "-99999999999999999999999999", "60s", "1.5", "1e3", "-", "+", "1 2");
    }

    @Test
    void theLongestTimeStillFitsIntoNanoseconds() {
        assertTrue(new OptionType.Seconds(1).parse("9".repeat(40)).orElseThrow().toNanos() > 0);
        assertTrue(new OptionType.Days(0).parse("9".repeat(40)).orElseThrow().toNanos() > 0);
    }

    @Test
    void daysCountsAndSpeedsAreWholeNumbers() {
        accepts(new OptionType.Days(0), "7", Duration.ofDays(7));
        accepts(new OptionType.Hours(0), "24", Duration.ofHours(24));
        rejects(new OptionType.Hours(0), "", "-1", "daily");
        accepts(new OptionType.Mebibytes(), "512", 512L << 20);
        accepts(new OptionType.Mebibytes(), "9".repeat(30), 1L << 60);
        rejects(new OptionType.Mebibytes(), "", "-1", "1G");
        rejects(new OptionType.Days(0), "", "-1", "7.5", "a week");
        accepts(new OptionType.Count(1, 1000), "20", 20);
        accepts(new OptionType.Count(1, 1000), "99999999999", 1000);
        rejects(new OptionType.Count(1, 1000), "", "0", "-20", "twenty");
        accepts(new OptionType.BytesPerSecond(), "768", 768L);
        rejects(new OptionType.BytesPerSecond(), "", "0", "-768", "768 B/s");
    }

    @Test
    void aSwitchIsTrueOrFalseInAnyCase() {
        OptionType.Switch type = new OptionType.Switch();
        accepts(type, "true", true);
        accepts(type, "TRUE", true);
        accepts(type, "False", false);
        rejects(type, "", "yes", "no", "1", "0", "on", "off", "truee");
    }

    @Test
    void aRetryScheduleIsAListOfSeconds() {
        OptionType.Delays type = new OptionType.Delays();
        accepts(type, "0", new RetrySchedule(List.of(Duration.ZERO)));
        accepts(
                type,
                "0, 120\t,300",
                new RetrySchedule(List.of(Duration.ZERO, Duration.ofMinutes(2), Duration.ofMinutes(5))));
        rejects(type, "", ",", "0,", ",0", "0,,1", "0;120", "0,-1", "0,x", "1,".repeat(1000) + "1");
    }

    @Test
    void theLastDelayOfAScheduleRepeats() {
        RetrySchedule schedule = new OptionType.Delays().parse("0,120,300").orElseThrow();
        assertEquals(Duration.ZERO, schedule.delayAfter(0));
        assertEquals(Duration.ofMinutes(2), schedule.delayAfter(1));
        assertEquals(Duration.ofMinutes(5), schedule.delayAfter(2));
        assertEquals(Duration.ofMinutes(5), schedule.delayAfter(1_000_000));
    }

    @Test
    void anAddressToListenOnIsALiteralAndNeverANameToLookUp() {
        OptionType.LocalAddress type = new OptionType.LocalAddress();
        accepts(type, "127.0.0.1", InetAddress.ofLiteral("127.0.0.1"));
        accepts(type, "::1", InetAddress.ofLiteral("::1"));
        accepts(type, "[::1]", InetAddress.ofLiteral("::1"));
        rejects(type, "", "localhost", "8081", "127.1", "300.0.0.1", "127.0.0.1:8081", "[127.0.0.1]", "[]", "[", ":");
    }

    @Test
    void aDigestIsReadInEitherCaseWithColonsOrWithout() {
        OptionType.CertificateDigests type = new OptionType.CertificateDigests();
        CertificatePins one = type.parse(DIGEST).orElseThrow();
        accepts(type, DIGEST.toLowerCase(Locale.ROOT), one);
        accepts(type, DIGEST.replace(":", ""), one);
        assertTrue(one.match(DIGEST.toLowerCase(Locale.ROOT)));
        assertFalse(one.match(OTHER_DIGEST));
        CertificatePins two = type.parse(DIGEST + ", " + OTHER_DIGEST).orElseThrow();
        assertTrue(two.match(DIGEST) && two.match(OTHER_DIGEST));
        rejects(
                type,
                "",
                "none",
                DIGEST + ",",
                DIGEST + ":00",
                DIGEST.substring(3),
                DIGEST.replaceFirst(":", "-"),
                DIGEST.replace('B', 'G'),
                DIGEST + " " + OTHER_DIGEST);
    }

    @Test
    void anAuthKeyIs8To40LettersAndDigitsAndDoesNotPrint() {
        OptionType.AuthKey type = new OptionType.AuthKey();
        accepts(type, "redundancy4926", new Secret("redundancy4926"));
        accepts(type, "A".repeat(40), new Secret("A".repeat(40)));
        rejects(type, "", "short12", "A".repeat(41), "two words", "umläute12", "with-dash");
        assertFalse(type.parse("redundancy4926").toString().contains("redundancy"));
    }

    @Test
    void aChoiceIsReadInAnyCase() {
        OptionType.Choice<PreferredConnection> type = new OptionType.Choice<>(List.of(PreferredConnection.values()));
        accepts(type, "Direct", PreferredConnection.DIRECT);
        accepts(type, "tor", PreferredConnection.TOR);
        accepts(type, "I2P", PreferredConnection.I2P);
        rejects(type, "", "DIRECT,TOR", "onion", "T0R");
        assertEquals("one of Direct, TOR, I2P", type.accepts());
    }

    @Test
    void aPathIsWhateverTheSystemCanWrite() {
        accepts(new OptionType.FilePath(), "/srv/my store", Path.of("/srv/my store"));
        accepts(new OptionType.FilePath(), "store", Path.of("store"));
        rejects(new OptionType.FilePath(), "", "a\0b", "not UTF-8: \uFFFD");
    }

    @Test
    void aGroupIsAName() {
        accepts(new OptionType.GroupName(), "confmail", "confmail");
        accepts(new OptionType.GroupName(), "Mail Operators", "Mail Operators");
        rejects(new OptionType.GroupName(), "", "a:b", "a\tb", "g".repeat(256));
    }
}
