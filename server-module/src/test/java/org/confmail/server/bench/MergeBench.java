package org.confmail.server.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.block.Merged;
import org.confmail.server.block.TextBlock;

/** Prints what it costs to merge one announcement into mailboxes of several sizes, in processor time of the merging thread. */
final class MergeBench {
    private static final Instant NOW = Instant.parse("2026-11-22T14:00:00Z");
    private static final int ROUNDS = 400;

    private MergeBench() {}

    public static void main(String[] arguments) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        String recipient = Blocks.hash("recipient");
        Key mailbox = Blocks.mailbox(recipient, "0");
        TextBlock post = Blocks.valid(
                mailbox,
                Blocks.announcement(recipient, "0", Blocks.hash("new"), NOW, List.of(Blocks.hash("part"))),
                NOW);
        for (int size : new int[] {1_000, 1, 100, 1_000, 10_000}) {
            byte[] held = Blocks.bytes(IntStream.range(0, size)
                    .mapToObj(i -> Blocks.announcement(
                            recipient, "0", Blocks.hash("message " + i), NOW, List.of(Blocks.hash("part " + i))))
                    .collect(Collectors.joining("NextMessage\n")));
            long[] micros = new long[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                long start = threads.getCurrentThreadCpuTime();
                if (!(post.merge(held, NOW) instanceof Merged.Replace)) {
                    throw new IllegalStateException("not merged");
                }
                micros[round] = (threads.getCurrentThreadCpuTime() - start) / 1_000;
            }
            long first = micros[0];
            Arrays.sort(micros);
            System.out.printf(
                    "%6d announcements, %8d bytes: first %6d us, median %6d us, slowest %6d us%n",
                    size, held.length, first, micros[ROUNDS / 2], micros[ROUNDS - 1]);
        }
    }
}
