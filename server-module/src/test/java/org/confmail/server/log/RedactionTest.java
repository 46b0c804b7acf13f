package org.confmail.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private static final String KEY = "4FD2A5E5C39129A31718ADF95A6FF6BC4E281A60";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LOGIN administrator KEY               | LOGIN administrator ****",
                "login 00112233445566778899 KEY        | login 00112233445566778899 ****",
                "LOGIN   administrator    KEY          | LOGIN administrator ****",
                "' LOGIN administrator KEY '           | LOGIN administrator ****",
                "LOGIN administrator KEY more words    | LOGIN administrator ****",
                "LOGIN KEY                             | LOGIN ****",
                "LOGIN KEY administrator               | LOGIN ****",
                "LOGIN user=KEY now                    | LOGIN ****",
                "LOGIN                                 | LOGIN",
                "ADDLOGIN someuser KEY                 | ADDLOGIN someuser ****",
                "AddLogin KEY                          | AddLogin ****",
                "ADDLOGIN KEY undefined                | ADDLOGIN ****",
                "RMLOGIN KEY                           | RMLOGIN ****",
                "RMLOGIN someuser KEY                  | RMLOGIN ****",
                "REPLOGIN disabled KEY                 | REPLOGIN disabled ****",
                "GENLOGIN KEY                          | GENLOGIN ****",
                "PING LOGIN administrator KEY          | PING ****",
                "STARTTLSLOGIN administrator KEY       | … (68 more)",
                "KEY                                   | … (40 more)",
                "LOGN administrator KEY                | LOGN… (55 more)",
                "ADDLOGINKEY                           | … (48 more)",
                "LOGIN:administrator KEY               | … (60 more)",
            })
    void commandWithKeyIsLoggedWithoutIt(String command, String logged) {
        String form = Redaction.loggable(LineKind.COMMAND, command.replace("KEY", KEY));
        assertEquals(logged, form);
        assertFalse(form.contains(KEY), form);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STARTTLS",
                "PING",
                "ping 12345",
                "QUIT",
                "SELFTEST",
                "GENLOGIN",
                "GENLOGIN 10",
                "SHUTDOWN",
                "STORE SERVER " + KEY,
                "STORE PROXY " + KEY + " AFTER 2026-01-01T00:00:00Z",
                "REPLICATE " + KEY + " none",
                "GET SERVER " + KEY + " SINCE 2026-01-01T00:00:00Z",
                "DNS TXT cmsvr.example.com",
                "DNS TXT login.example.com",
            })
    void commandWithoutKeyIsLoggedAsItIs(String command) {
        assertEquals(command, Redaction.loggable(LineKind.COMMAND, command));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OPTIONS / HTTP/1.1      | OPTIONS… (11 more)",
                "GETX                    | GETX",
                "PASSWORD                | … (8 more)",
                "a1 b                    | … (4 more)",
                "''                      | ''",
            })
    void unknownCommandShowsAtMostAWordTooShortForAKey(String command, String logged) {
        assertEquals(logged, Redaction.loggable(LineKind.COMMAND, command));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Replogin-Auth: KEY            | Replogin-Auth: ****",
                "REPLOGIN-AUTH:KEY             | Replogin-Auth: ****",
                "'  replogin-auth : KEY'       | Replogin-Auth: ****",
                "LOGIN administrator KEY       | LOGIN administrator ****",
                "Type: data                    | Type: data",
                "Data: 123                     | Data: 123",
            })
    void blockLineWithKeyIsLoggedWithoutIt(String line, String logged) {
        assertEquals(logged, Redaction.loggable(LineKind.BLOCK_LINE, line.replace("KEY", KEY)));
    }

    @Test
    void secretAnswerShowsNothing() {
        assertEquals("****", Redaction.loggable(LineKind.SECRET, KEY));
        assertEquals("DONE", Redaction.loggable(LineKind.ANSWER, "DONE"));
    }

    @Test
    void longLineIsShortened() {
        String form = Redaction.loggable(LineKind.COMMAND, "PING " + "x".repeat(1000));
        assertTrue(form.endsWith("x… (805 more)"), form);
    }

    @Test
    void lineCannotLeaveItsLine() {
        assertEquals(
                "PING \\x0d\\x0a\\x1b[2J\\u202e\\\\",
                Redaction.loggable(LineKind.ANSWER, "PING \r\n\u001b[2J\u202e\\"));
    }

    /** Keys in lines that people mistype: whatever surrounds the key, the log does not have it. */
    @Test
    void randomlyDamagedLoginNeverShowsTheKey() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> verbs = List.of("LOGIN", "ADDLOGIN", "RMLOGIN", "REPLOGIN");
        String noise = " \t\r\u000b\u0000\u00a0:=,aZ0";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder line = new StringBuilder(verbs.get(random.nextInt(verbs.size())))
                    .append(" somebody ")
                    .append(KEY);
            int keyAt = line.length() - KEY.length();
            for (int damage = random.nextInt(4); damage > 0; damage--) {
                int at = random.nextInt(keyAt);
                if (random.nextBoolean()) {
                    line.insert(at, noise.charAt(random.nextInt(noise.length())));
                    keyAt++;
                } else {
                    line.deleteCharAt(at);
                    keyAt--;
                }
            }
            String typed =
                    random.nextBoolean() ? line.toString() : line.toString().toLowerCase(Locale.ROOT);
            String form = Redaction.loggable(LineKind.COMMAND, typed);
            // With the blank before the key gone, or the user, the key may stand where a user stands: then nothing can
            // tell.
            boolean tellable =
                    typed.substring(0, keyAt).strip().split("[ \t]+").length == 2 && typed.charAt(keyAt - 1) == ' ';
            if (tellable) {
                assertFalse(
                        form.toUpperCase(Locale.ROOT).contains(KEY),
                        () -> "seed " + seed + ": " + typed + " -> " + form);
            }
        }
    }
}
