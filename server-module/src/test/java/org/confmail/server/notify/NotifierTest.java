package org.confmail.server.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.confmail.server.block.Key;
import org.confmail.server.net.DeadlineWatch;
import org.confmail.server.net.NameLookup;
import org.confmail.server.session.Await;
import org.confmail.server.session.LogLines;
import org.confmail.server.time.ManualTime;
import org.confmail.shared.config.HostPort;
import org.confmail.shared.config.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NotifierTest {
    private static final Key ALICE = Key.parse("1".repeat(40)).orElseThrow();
    private static final Key BOB = Key.parse("2".repeat(40)).orElseThrow();

    @TempDir
    Path home;

    private final ManualTime time = new ManualTime();
    private final NameLookup names = new NameLookup();
    private final DeadlineWatch watch = new DeadlineWatch(time, time);
    private final LogLines log = LogLines.record();
    private MailServer mail;
    private Path file;
    private Notifier notifier;

    @BeforeEach
    void start() throws Exception {
        mail = new MailServer();
        file = home.resolve("notify.txt");
        notifier = new Notifier(file, time, new SmtpMailer(names, watch, () -> Instant.parse("2026-11-22T12:00:00Z")));
    }

    @AfterEach
    void stop() throws Exception {
        notifier.close();
        mail.close();
        names.close();
        log.close();
    }

    private void list(String... more) throws Exception {
        Files.writeString(
                file,
                "fromaddr=server@example.com\nsmtpserver=127.0.0.1\nsmtpport=" + mail.port() + "\n"
                        + String.join("\n", more) + "\n");
    }

    private void awaitMails(int count) throws Exception {
        Await.until(count + " mails", () -> mail.mails.size() == count);
    }

    @Test
    void listedRecipientsGetTheMailAndOthersDoNot() throws Exception {
        list(ALICE + ",email,alice@example.com", BOB + ",smtp,bob@example.com");
        notifier.stored(Key.parse("3".repeat(40)).orElseThrow());
        notifier.stored(ALICE);
        notifier.stored(BOB);
        awaitMails(2);
        assertEquals("""
                From: server@example.com
                To: alice@example.com
                Subject: You have new Confidant Mail
                Date: Sun, 22 Nov 2026 12:00:00 GMT

                You have new Confidant Mail
                """, mail.mails.getFirst());
        assertTrue(mail.lines.contains("EHLO localhost"));
        assertTrue(mail.lines.contains("RCPT TO:<bob@example.com>"));
        assertFalse(mail.lines.stream().anyMatch(line -> line.startsWith("AUTH")));
    }

    @Test
    void loginIsSentWhereThereIsOneAndNeverLogged() throws Exception {
        list("smtpuser=user", "smtppass=hidden-password", ALICE + ",email,alice@example.com");
        notifier.stored(ALICE);
        awaitMails(1);
        String plain =
                Base64.getEncoder().encodeToString("\0user\0hidden-password".getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(mail.lines.contains("AUTH PLAIN") && mail.lines.contains(plain), mail.lines::toString);
        assertFalse(log.messages().toString().contains("hidden-password"));
    }

    @Test
    void changedFileIsReadAgainAndMissingOneIsQuiet() throws Exception {
        notifier.stored(ALICE);
        list(ALICE + ",email,alice@example.com");
        notifier.stored(ALICE);
        notifier.stored(BOB);
        Await.until("alice's mail", () -> !mail.mails.isEmpty());
        int before = mail.mails.size();
        list(ALICE + ",email,alice@example.com", BOB + ",email,bob@example.com");
        notifier.stored(BOB);
        awaitMails(before + 1);
        assertTrue(mail.mails.getLast().contains("To: bob@example.com"));
        assertEquals(List.of(), log.messages(Level.WARN));
    }

    @Test
    void listThatCouldNotBeReadIsReadWhenThatHasPassed() throws Exception {
        FileTime modified = FileTime.from(Instant.parse("2026-11-22T11:00:00Z"));
        Files.createDirectory(file); // cannot be read, whoever runs the test
        Files.setLastModifiedTime(file, modified);
        long size = Files.size(file);
        NotifyFile read = new NotifyFile(file, time);
        assertEquals(Optional.empty(), read.current());
        assertEquals(1, log.messages(Level.ERROR).size());
        Files.delete(file);
        String line = "fromaddr=a@b.c";
        assumeTrue(size >= line.length());
        Files.writeString(file, line + " ".repeat((int) size - line.length()));
        Files.setLastModifiedTime(file, modified);
        assertTrue(read.current().isPresent());
    }

    @Test
    void mailServerThatNeverEndsItsAnswerIsLeft() throws Exception {
        list(ALICE + ",email,alice@example.com");
        mail.endless = true;
        notifier.stored(ALICE);
        Await.until("the log line", () -> log.messages(Level.WARN).size() == 1);
        assertTrue(log.messages().toString().contains("it says more than"), log.messages()::toString);
    }

    @Test
    void refusedMailIsOneLineInTheLogAndTheNextOneGoesOut() throws Exception {
        list(ALICE + ",email,alice@example.com");
        mail.refusing = true;
        notifier.stored(ALICE);
        Await.until("the log line", () -> log.messages(Level.WARN).size() == 1);
        assertTrue(log.messages(Level.WARN).getFirst().contains("550 no such user"));
        mail.refusing = false;
        notifier.stored(ALICE);
        awaitMails(1);
    }

    @Test
    void silentMailServerIsLeftAfterAMinute() throws Exception {
        list(ALICE + ",email,alice@example.com");
        mail.silent = true;
        notifier.stored(ALICE);
        Await.until("the log line", () -> {
            time.advance(Duration.ofSeconds(30));
            return log.messages(Level.WARN).size() == 1;
        });
    }

    @Test
    void lockedFileIsWaitedForButNotForEver() throws Exception {
        list(ALICE + ",email,alice@example.com");
        Path lock = Files.createFile(home.resolve("notify.txt.lock"));
        notifier.stored(ALICE);
        assertEquals(0, mail.mails.size());
        Files.delete(lock);
        awaitMails(1);
        Files.createFile(lock);
        notifier.stored(ALICE);
        Await.until("the second mail", () -> {
            time.advance(Duration.ofSeconds(1));
            return mail.mails.size() == 2;
        });
        assertTrue(log.messages(Level.WARN).getFirst().contains("notify.txt.lock"));
    }

    @Test
    void mailThatComesWhileTheListIsBeingReplacedIsTold() throws Exception {
        Path lock = Files.createFile(home.resolve("notify.txt.lock"));
        notifier.stored(ALICE);
        list(ALICE + ",email,alice@example.com");
        Files.delete(lock);
        awaitMails(1);
    }

    @Test
    void waitingOnesAreBoundedAndTakenTogether() throws Exception {
        list(ALICE + ",email,alice@example.com", BOB + ",email,bob@example.com");
        CountDownLatch sending = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<String> sent = new CopyOnWriteArrayList<>();
        try (Notifier slow = new Notifier(file, time, (list, address) -> {
            sent.add(address);
            sending.countDown();
            awaitQuietly(goOn);
        })) {
            slow.stored(ALICE);
            sending.await();
            slow.stored(BOB);
            slow.stored(BOB);
            for (int i = 0; i < 2000; i++) {
                slow.stored(Key.sha1(Integer.toString(i).getBytes(StandardCharsets.US_ASCII)));
            }
            slow.stored(BOB);
            assertEquals(1, log.messages(Level.WARN).size());
            goOn.countDown();
            Await.until("both mails", () -> sent.size() == 2);
        }
        assertEquals(List.of("alice@example.com", "bob@example.com"), sent);
    }

    @Test
    void listIsReadAsTheOldServerDid() {
        NotifyList list = NotifyList.parse(List.of(
                "# comment",
                "",
                "fromaddr=a@b.example",
                "smtpuser=u",
                "smtppass=p=q,r",
                "x,y",
                "unknown=1",
                ALICE + ",fax,alice@example.com",
                ALICE + ",email,evil@example.com> SIZE=1",
                ALICE + ",email,alice@example.com"));
        assertEquals(Optional.of(new Secret("p=q,r")), list.password());
        assertEquals(new HostPort("localhost", 25), list.server());
        assertEquals(List.of("alice@example.com"), list.addresses().get(ALICE));
        assertEquals(4, list.problems().size(), list.problems()::toString);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
