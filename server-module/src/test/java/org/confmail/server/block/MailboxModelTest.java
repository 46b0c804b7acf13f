package org.confmail.server.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Random posts to one mailbox, compared with a naive model of PROTOCOL section 3. */
class MailboxModelTest {
    private static final Instant START = Instant.parse("2026-11-22T14:00:00Z");
    private static final String RECIPIENT = Blocks.hash("recipient");
    private static final Key MAILBOX = Blocks.mailbox(RECIPIENT, "box");
    private static final int SEEDS = 40;
    private static final int POSTS = 40;
    private static final int MESSAGES = 12;

    /** An announcement as its maker knows it. */
    private record Made(String text, String hash, Instant date, boolean valid) {
        boolean isGoodAt(Instant now) {
            return valid
                    && !date.isBefore(now.minus(Duration.ofDays(10)))
                    && !date.isAfter(now.plus(Duration.ofHours(24)));
        }
    }

    @Test
    void mergeDoesWhatTheModelDoes() {
        long base = new Random().nextLong();
        for (long seed = base; seed < base + SEEDS; seed++) {
            try {
                run(new Random(seed));
            } catch (AssertionError e) {
                fail("seed " + seed, e);
            }
        }
    }

    private static void run(Random random) {
        Instant now = START;
        List<Made> model = List.of();
        byte[] stored = new byte[0];
        HeldText known = HeldText.of(null);
        for (int i = 0; i < POSTS; i++) {
            now = now.plus(Duration.ofHours(random.nextInt(24)));
            List<Made> post = post(random, now);
            List<Made> before = model;
            model = model(before, post, now);
            Judgment judgment = TextRules.judge(
                    MAILBOX,
                    Blocks.bytes(posted(random, post)),
                    Limits.server(Map.of()),
                    now,
                    Poster.NONE,
                    KnownKeys.NONE);
            switch (judgment) {
                case Judgment.Invalid _ -> assertEquals(before, model);
                case Judgment.Valid(TextBlock block) -> {
                    switch (block.merge(HeldText.of(stored.length == 0 ? null : stored, known), now)) {
                        case Merged.Replace(HeldText text) -> {
                            stored = text.bytes();
                            known = random.nextInt(3) == 0 ? text : known; // of late, or as others found it since
                        }
                        case Merged.Unchanged _ -> assertEquals(before, model);
                        case Merged.Refused(String reason) -> fail(reason);
                    }
                }
            }
            assertEquals(
                    model.stream().map(Made::text).collect(Collectors.joining("NextMessage\n")), Blocks.text(stored));
        }
    }

    private static List<Made> model(List<Made> held, List<Made> post, Instant now) {
        Map<String, Made> taken = new LinkedHashMap<>();
        for (Made made : post) {
            if (made.isGoodAt(now)) {
                taken.put(made.hash, made);
            }
        }
        List<Made> old = held.stream().filter(made -> made.isGoodAt(now)).toList();
        taken.values()
                .removeIf(made ->
                        old.stream().anyMatch(other -> other.hash.equals(made.hash) && !made.date.isAfter(other.date)));
        if (taken.isEmpty()) {
            return held;
        }
        List<Made> all = new ArrayList<>(taken.values());
        old.stream().filter(made -> !taken.containsKey(made.hash)).forEach(all::add);
        return all;
    }

    private static List<Made> post(Random random, Instant now) {
        List<Made> post = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            String hash = Blocks.hash("message " + random.nextInt(MESSAGES));
            Instant date = switch (random.nextInt(8)) {
                case 0 -> now.minus(Duration.ofDays(10)).minusSeconds(random.nextInt(2));
                case 1 -> now.plus(Duration.ofHours(24)).plusSeconds(random.nextInt(2));
                default -> now.minus(Duration.ofHours(random.nextInt(240)));
            };
            String text = Blocks.announcement(RECIPIENT, "box", hash, date, List.of(hash));
            post.add(
                    switch (random.nextInt(8)) {
                        case 0 -> new Made(text.replace("Mailbox: box", "Mailbox: fox"), hash, date, false);
                        case 1 -> new Made(text.replace("MessageHash", "MessageHush"), hash, date, false);
                        case 2 -> new Made(text + "X-Other: " + random.nextInt(9) + "\n", hash, date, true);
                        default -> new Made(text, hash, date, true);
                    });
        }
        return post;
    }

    private static String posted(Random random, List<Made> post) {
        String separator = random.nextInt(4) == 0 ? "\nNextMessage\nNextMessage\n\n" : "NextMessage\n";
        return post.stream().map(Made::text).collect(Collectors.joining(separator));
    }
}
