package org.confmail.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.confmail.server.admin.rpc.AdminSocket;
import org.confmail.server.admin.rpc.Methods;
import org.confmail.server.admin.rpc.Pulse;
import org.confmail.server.config.Reload;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.home.ConfigHistory;
import org.confmail.server.home.Home;
import org.confmail.server.net.DeadlineWatch;
import org.confmail.server.session.Await;
import org.confmail.server.time.ManualTime;
import org.confmail.shared.admin.AdminClient;
import org.confmail.shared.admin.ConfigMethods;
import org.confmail.shared.config.ConfigDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings that were saved to be confirmed, and whose time runs out. */
class ConfigConfirmTest {
    private static final Instant NOW = Instant.parse("2026-11-22T14:00:00Z");

    @TempDir
    Path root;

    private final ManualTime time = new ManualTime();
    private final AtomicInteger reloads = new AtomicInteger();

    private Path config() {
        return root.resolve("config.txt");
    }

    private void saved(Check check) throws Exception {
        Files.writeString(config(), "timeout: 60\n");
        Methods methods = new Methods();
        ConfigHistory history = new ConfigHistory(Home.at(root), new FileDisk(), () -> NOW);
        new ConfigGroup(config(), history, ConfigDocument.empty(), this::reload, time, () -> NOW).register(methods);
        DeadlineWatch deadlines = new DeadlineWatch(time, time);
        Path path = root.resolve("admin.sock");
        try (AdminSocket _ = AdminSocket.open(
                        path, Optional.empty(), "0123abcd", new FileDisk(), methods, time, deadlines, new Pulse());
                AdminClient admin = AdminClient.connect(path)) {
            String version = admin.call(ConfigMethods.READ).version();
            ConfigMethods.Saved saved = admin.call(
                    ConfigMethods.SAVE,
                    new ConfigMethods.Save("timeout: 70\n", version, Optional.empty(), Optional.of(60)));
            assertEquals(Optional.of(NOW.plusSeconds(60)), saved.confirmBy());
            assertEquals(1, reloads.get());
            check.run(admin);
        }
    }

    private Reload reload() {
        reloads.incrementAndGet();
        return new Reload.Applied(List.of(), List.of(), List.of());
    }

    private interface Check {
        void run(AdminClient admin) throws Exception;
    }

    @Test
    void oldTextComesBackWhenTheTimeIsOver() throws Exception {
        saved(admin -> {
            time.advance(Duration.ofSeconds(59));
            assertEquals("timeout: 70\n", Files.readString(config()));
            time.advance(Duration.ofSeconds(1));
            Await.until("the old text in effect", () -> reloads.get() == 2);
            assertEquals("timeout: 60\n", Files.readString(config()));
            assertEquals(2, admin.call(ConfigMethods.HISTORY).entries().size()); // the rejected one is kept too
        });
    }

    @Test
    void confirmedTextStays() throws Exception {
        saved(admin -> {
            admin.call(ConfigMethods.CONFIRM);
            time.advance(Duration.ofMinutes(2));
            assertEquals(Optional.empty(), admin.call(ConfigMethods.READ).confirmBy());
            assertEquals("timeout: 70\n", Files.readString(config()));
            assertEquals(1, reloads.get());
        });
    }

    @Test
    void textThatSomebodyEditedSinceStays() throws Exception {
        saved(admin -> {
            Files.writeString(config(), "timeout: 80\n");
            time.advance(Duration.ofMinutes(1));
            Await.until(
                    "the end of the wait",
                    () -> admin.call(ConfigMethods.READ).confirmBy().isEmpty());
            assertEquals("timeout: 80\n", Files.readString(config()));
        });
    }

    @Test
    void serverThatWasKilledFindsTheOldText() throws Exception {
        saved(admin -> {});
        ConfigHistory found = new ConfigHistory(Home.at(root), new FileDisk(), () -> NOW.plusSeconds(5));
        assertTrue(found.recover().orElseThrow().contains("not confirmed"));
        assertEquals("timeout: 60\n", Files.readString(config()));
        assertEquals(Optional.empty(), found.recover());
    }
}
