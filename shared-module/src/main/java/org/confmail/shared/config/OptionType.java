package org.confmail.shared.config;

import java.net.InetAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What values an option takes, and how their text becomes a value.
 *
 * <p>Numbers have a lower end, below which they are refused, and an upper end, at which they are cut off without a word: the
 * old server took any large number for "never" or "no limit", and arithmetic with our values must not overflow.
 *
 * @param <T> the type of the values
 */
public sealed interface OptionType<T> {

    /** The value that {@code text} spells, or empty when it is not accepted. */
    Optional<T> parse(String text);

    /** What is accepted, in words that complete "Accepted: …". */
    String accepts();

    /**
     * The value that takes the place of a wrong one in an option that tolerates wrong values, where the default would be less
     * safe than the operator meant it; mostly there is none, and the default does.
     */
    default Optional<Substitute<T>> inPlaceOfWrong() {
        return Optional.empty();
    }

    /** Whether values may be shown. */
    default boolean secret() {
        return false;
    }

    /**
     * A value in place of a wrong one.
     *
     * @param meaning what it leads to, in words that complete "Until this is corrected, …"
     */
    record Substitute<T>(T value, String meaning) {}

    /** A TCP or UDP port. */
    record Port() implements OptionType<Integer> {
        @Override
        public Optional<Integer> parse(String text) {
            OptionalLong number = Numbers.whole(text);
            return number.isPresent() && number.getAsLong() >= 1 && number.getAsLong() <= HostPort.PORT_MAX
                    ? Optional.of((int) number.getAsLong())
                    : Optional.empty();
        }

        @Override
        public String accepts() {
            return "a port number from 1 to " + HostPort.PORT_MAX;
        }
    }

    /** A server's name or address with a port. */
    record Endpoint() implements OptionType<HostPort> {
        @Override
        public Optional<HostPort> parse(String text) {
            return HostPort.parse(text);
        }

        @Override
        public String accepts() {
            return "host:port with a port from 1 to " + HostPort.PORT_MAX + ", an IPv6 address in brackets";
        }
    }

    /** An address of this machine; never a name, which would need a lookup. */
    record LocalAddress() implements OptionType<InetAddress> {
        private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

        @Override
        public Optional<InetAddress> parse(String text) {
            boolean bracketed = text.startsWith("[") && text.endsWith("]");
            String literal = bracketed ? text.substring(1, text.length() - 1) : text;
            if (literal.indexOf(':') < 0 && (bracketed || !IPV4.matcher(literal).matches())) {
                return Optional.empty();
            }
            try {
                return Optional.of(InetAddress.ofLiteral(literal));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        @Override
        public String accepts() {
            return "an IPv4 or IPv6 address, no name";
        }
    }

    /** On or off. */
    record Switch() implements OptionType<Boolean> {
        @Override
        public Optional<Boolean> parse(String text) {
            if (text.equalsIgnoreCase("true")) {
                return Optional.of(true);
            }
            return text.equalsIgnoreCase("false") ? Optional.of(false) : Optional.empty();
        }

        @Override
        public String accepts() {
            return "true or false";
        }
    }

    /** A time in seconds, at least {@code min}; over a hundred years count as a hundred years. */
    record Seconds(long min) implements OptionType<Duration> {
        static final long SECONDS_MAX = 100L * 365 * 86400;

        @Override
        public Optional<Duration> parse(String text) {
            OptionalLong number = Numbers.within(text, min, SECONDS_MAX);
            return number.isPresent() ? Optional.of(Duration.ofSeconds(number.getAsLong())) : Optional.empty();
        }

        @Override
        public String accepts() {
            return "a whole number of seconds, " + min + " or more";
        }
    }

    /** A time in days, at least {@code min}; over a hundred years count as a hundred years. */
    record Days(long min) implements OptionType<Duration> {
        private static final long DAYS_MAX = 100L * 365;

        @Override
        public Optional<Duration> parse(String text) {
            OptionalLong number = Numbers.within(text, min, DAYS_MAX);
            return number.isPresent() ? Optional.of(Duration.ofDays(number.getAsLong())) : Optional.empty();
        }

        @Override
        public String accepts() {
            return "a whole number of days, " + min + " or more";
        }
    }

    /** A time in hours, at least {@code min}; over a hundred years count as a hundred years. */
    record Hours(long min) implements OptionType<Duration> {
        private static final long HOURS_MAX = 100L * 365 * 24;

        @Override
        public Optional<Duration> parse(String text) {
            OptionalLong number = Numbers.within(text, min, HOURS_MAX);
            return number.isPresent() ? Optional.of(Duration.ofHours(number.getAsLong())) : Optional.empty();
        }

        @Override
        public String accepts() {
            return "a whole number of hours, " + min + " or more";
        }
    }

    /** A size in MiB, 0 or more; the value is in bytes. */
    record Mebibytes() implements OptionType<Long> {
        private static final int BITS = 20;
        private static final long MEBIBYTES_MAX = 1L << 40;

        @Override
        public Optional<Long> parse(String text) {
            OptionalLong number = Numbers.within(text, 0, MEBIBYTES_MAX);
            return number.isPresent() ? Optional.of(number.getAsLong() << BITS) : Optional.empty();
        }

        @Override
        public String accepts() {
            return "a whole number of MiB, 0 or more";
        }
    }

    /** A number of things, at least {@code min}; more than {@code max} count as {@code max}. */
    record Count(int min, int max) implements OptionType<Integer> {
        @Override
        public Optional<Integer> parse(String text) {
            OptionalLong number = Numbers.within(text, min, max);
            return number.isPresent() ? Optional.of((int) number.getAsLong()) : Optional.empty();
        }

        @Override
        public String accepts() {
            return "a whole number, " + min + " or more";
        }
    }

    /** A speed in bytes per second, at least 1. */
    record BytesPerSecond() implements OptionType<Long> {
        private static final long SPEED_MAX = 1_000_000_000_000L;

        @Override
        public Optional<Long> parse(String text) {
            OptionalLong number = Numbers.within(text, 1, SPEED_MAX);
            return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
        }

        @Override
        public String accepts() {
            return "a whole number of bytes per second, 1 or more";
        }
    }

    /** Waits between attempts, in seconds, separated by commas. */
    record Delays() implements OptionType<RetrySchedule> {
        private static final int DELAYS_MAX = 1000;
        private static final Seconds DELAY = new Seconds(0);

        @Override
        public Optional<RetrySchedule> parse(String text) {
            String[] parts = text.split(",", DELAYS_MAX + 1);
            if (parts.length > DELAYS_MAX) {
                return Optional.empty();
            }
            List<Duration> delays = new ArrayList<>();
            for (String part : parts) {
                Optional<Duration> delay = DELAY.parse(part.strip());
                if (delay.isEmpty()) {
                    return Optional.empty();
                }
                delays.add(delay.get());
            }
            return Optional.of(new RetrySchedule(delays));
        }

        @Override
        public String accepts() {
            return "whole numbers of seconds, 0 or more, separated by commas";
        }
    }

    /** A file or directory, as this system writes its paths. */
    record FilePath() implements OptionType<Path> {
        private static final char REPLACEMENT = '\uFFFD';

        @Override
        public Optional<Path> parse(String text) {
            if (text.isEmpty() || text.indexOf(REPLACEMENT) >= 0) {
                return Optional
                        .empty(); // a name that is no UTF-8 can't be written here, and another directory is worse than
                // none
            }
            try {
                return Optional.of(Path.of(text));
            } catch (InvalidPathException e) {
                return Optional.empty();
            }
        }

        @Override
        public String accepts() {
            return "a path in UTF-8 that this system can write";
        }
    }

    /** One of a few words, in either case. */
    record Choice<T extends Spelled>(List<T> values) implements OptionType<T> {
        public Choice {
            values = List.copyOf(values);
        }

        @Override
        public Optional<T> parse(String text) {
            return values.stream()
                    .filter(value -> value.spelling().equalsIgnoreCase(text))
                    .findFirst();
        }

        @Override
        public String accepts() {
            return values.stream().map(Spelled::spelling).collect(Collectors.joining(", ", "one of ", ""));
        }
    }

    /** Digests of certificates. A wrong value must not open the door to any certificate: it matches none. */
    record CertificateDigests() implements OptionType<CertificatePins> {
        @Override
        public Optional<CertificatePins> parse(String text) {
            return CertificatePins.parse(text);
        }

        @Override
        public String accepts() {
            return "a SHA-1 digest of 20 hexadecimal pairs with colons between, or several with commas between";
        }

        @Override
        public Optional<Substitute<CertificatePins>> inPlaceOfWrong() {
            return Optional.of(new Substitute<>(CertificatePins.NONE, "no certificate will do"));
        }
    }

    /** A key with which a server logs in at another one; 8 to 40 letters and digits, as the LOGIN command takes it. */
    record AuthKey() implements OptionType<Secret> {
        private static final Pattern KEY = Pattern.compile("[0-9A-Za-z]{8,40}");

        @Override
        public Optional<Secret> parse(String text) {
            return KEY.matcher(text).matches() ? Optional.of(new Secret(text)) : Optional.empty();
        }

        @Override
        public String accepts() {
            return "8 to 40 letters and digits";
        }

        @Override
        public boolean secret() {
            return true;
        }
    }

    /** A user group of this machine, by name. */
    record GroupName() implements OptionType<String> {
        private static final int CHARACTERS_MAX = 255;

        @Override
        public Optional<String> parse(String text) {
            boolean good = !text.isEmpty()
                    && text.length() <= CHARACTERS_MAX
                    && text.chars().noneMatch(c -> Character.isISOControl(c) || c == ':' || c == FilePath.REPLACEMENT);
            return good ? Optional.of(text) : Optional.empty();
        }

        @Override
        public String accepts() {
            return "the name of a group of this machine";
        }
    }
}
