package org.confmail.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.confmail.shared.config.ConfigOption;
import org.confmail.shared.config.OptionTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    private static final Path HOME = Path.of("/home/confmail/server");

    private static CommandLine parse(String line) {
        return CommandLine.parse(line.isEmpty() ? List.of() : List.of(line.split(" ")));
    }

    private static RunOptions run(boolean quiet, boolean debug, boolean traffic, boolean daemon) {
        return new RunOptions(HOME, quiet, debug, traffic, daemon, Optional.empty(), Optional.empty());
    }

    @Test
    void homedirAloneRunsAServer() {
        assertEquals(new CommandLine.Run(run(false, false, false, false)), parse("-homedir /home/confmail/server"));
    }

    @Test
    void customersExamplesAreUnderstood() {
        assertEquals(
                new CommandLine.Run(run(false, true, true, false)),
                parse("-homedir /home/confmail/server -debug -logtraffic"));
        assertEquals(
                new CommandLine.Run(new RunOptions(
                        HOME,
                        false,
                        false,
                        false,
                        true,
                        Optional.of(Path.of("/home/confmail/server.log")),
                        Optional.of(Path.of("/home/confmail/server.pid")))),
                parse("-homedir /home/confmail/server -daemon -logfile /home/confmail/server.log"
                        + " -pidfile /home/confmail/server.pid"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-quiet -homedir /home/confmail/server",
                "--quiet --homedir /home/confmail/server",
                "-homedir /home/confmail/server -quiet -quiet",
            })
    void orderDashesAndRepetitionDoNotMatter(String line) {
        assertEquals(new CommandLine.Run(run(true, false, false, false)), parse(line));
    }

    @Test
    void initTakesPorts() {
        assertEquals(new CommandLine.Init(Path.of("h"), 8081, 8081), parse("-init -homedir h"));
        assertEquals(new CommandLine.Init(Path.of("h"), 9000, 9000), parse("-homedir h -init -sport 9000"));
        assertEquals(new CommandLine.Init(Path.of("h"), 9000, 9001), parse("-init -homedir h -sport 9000 -eport 9001"));
    }

    @Test
    void storageUtilityTakesTheOptionsOfTheOldOne() {
        assertEquals(
                new CommandLine.StorageUtility(new UtilityOptions(
                        Path.of("h"),
                        Optional.of(Path.of("r.html")),
                        Optional.of(Path.of("r.csv")),
                        Optional.of(Path.of("r.tab")),
                        true,
                        true,
                        true,
                        Duration.ofMillis(5),
                        4096,
                        false,
                        List.of("-sort", "-keeptemp"))),
                parse("-storutil -homedir h -report-html r.html -report-csv r.csv -report-tab r.tab -prune-entangled"
                        + " -prune-localstore -prune-simulate -delay 5 -blocksize 4096 -nototal -sort /usr/bin/sort"
                        + " -keeptemp"));
        assertEquals(
                new CommandLine.StorageUtility(new UtilityOptions(
                        Path.of("h"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        true,
                        false,
                        Duration.ZERO,
                        512,
                        true,
                        List.of())),
                parse("-storutil -homedir h -prune-localstore"));
    }

    @Test
    void otherDeedsAreUnderstood() {
        assertEquals(new CommandLine.Check(Path.of("h")), parse("-check -homedir h"));
        assertEquals(new CommandLine.ShowVersion(), parse("-version"));
        assertEquals(new CommandLine.ShowHelp(Optional.empty()), parse("-help"));
        assertEquals(new CommandLine.ShowHelp(Optional.empty()), parse("-init -help -version"));
        assertEquals(new CommandLine.ShowHelp(Optional.of("sport")), parse("-help sport"));
    }

    @Test
    void optionsOfConfigAreExplainedOneByOneOrAllAtOnce() {
        assertTrue(HelpText.config("sport").startsWith("  sport: 8081\n      The TCP port on which"));
        assertTrue(HelpText.config("sport").contains("      A change acts at the next start.\n"));
        String all = HelpText.config("config");
        for (ConfigOption<?> option : OptionTable.all()) {
            assertTrue(all.contains("\n  " + option.name() + ": "), option.name());
        }
        assertFalse(all.lines().anyMatch(line -> line.length() > 120));
        CommandLine.WrongUse wrong = (CommandLine.WrongUse) parse("-help sprot");
        assertEquals("config.txt has no option sprot: did you mean sport?", wrong.message());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                           | -homedir is missing: confmail-server -homedir DIR (-help shows all options)",
                "-init                        | -homedir is missing: confmail-server -init -homedir DIR (-help shows all options)",
                "-homedir                     | -homedir needs a value: -homedir DIR",
                "-homedir -quiet              | -homedir needs a value: -homedir DIR",
                "-homedir a -logfile          | -logfile needs a value: -logfile FILE",
                "-homedir a -homedir b        | -homedir is given twice, as 'a' and as 'b': give it once",
                "-homdir a                    | there is no option -homdir: did you mean -homedir DIR?",
                "-homedir=a                   | there is no option -homedir=a: did you mean -homedir DIR?",
                "-home a                      | there is no option -home: did you mean -homedir DIR?",
                "-homedir a -QUIET            | there is no option -QUIET: did you mean -quiet?",
                "-homedir a -deamon           | there is no option -deamon: did you mean -daemon?",
                "-homedir a -verbose          | there is no option -verbose: -help shows all options",
                "-homedir a -                 | there is no option -: -help shows all options",
                "a                            | 'a' is no option and follows none that takes a value: options start with - (-help shows them all)",
                "-init -check -homedir a      | -init and -check do not go together: give -init first, then -check",
                "-storutil -check -homedir a  | -check and -storutil do not go together: give -check first, then -storutil",
                "-storutil -homedir a         | -storutil has nothing to do: add -prune-localstore, -prune-entangled, -report-html FILE, -report-csv FILE or -report-tab FILE",
                "-storutil -homedir a -prune-simulate | -prune-simulate simulates nothing: add -prune-localstore or -prune-entangled",
                "-storutil -homedir a -prune-localstore -delay x | -delay 'x' is no number that fits: give a number from 0 to 60000",
                "-storutil -homedir a -prune-localstore -blocksize 0 | -blocksize '0' is no number that fits: give a number from 1 to 1073741824",
                "-homedir a -prune-localstore | -prune-localstore does not go with running a server: use -homedir, -quiet, -debug, -logtraffic, -daemon, -logfile, -pidfile (-help shows all options)",
                "-storutil                    | -homedir is missing: confmail-server -storutil -homedir DIR (-help shows all options)",
                "-check -homedir a -daemon    | -daemon does not go with -check: use -homedir (-help shows all options)",
                "-init -homedir a -quiet      | -quiet does not go with -init: use -homedir, -sport, -eport (-help shows all options)",
                "-homedir a -sport 1          | -sport does not go with running a server: use -homedir, -quiet, -debug, -logtraffic, -daemon, -logfile, -pidfile (-help shows all options)",
                "-init -homedir a -sport x    | -sport 'x' is no port: give a number from 1 to 65535",
                "-init -homedir a -sport 0    | -sport '0' is no port: give a number from 1 to 65535",
                "-init -homedir a -eport 65536| -eport '65536' is no port: give a number from 1 to 65535",
            })
    void wrongUseSaysWhatWouldBeRight(String line, String message) {
        assertEquals(new CommandLine.WrongUse(message), parse(line));
    }

    @Test
    void impossibleOrEmptyPathIsWrongUse() {
        assertInstanceOf(CommandLine.WrongUse.class, CommandLine.parse(List.of("-homedir", "a\0b")));
        assertInstanceOf(CommandLine.WrongUse.class, CommandLine.parse(List.of("-homedir", "")));
    }

    @Test
    void helpNamesEveryOption() {
        for (Option option : Option.all()) {
            assertTrue(HelpText.commandLine().contains("  " + option.use() + " "), option.use());
        }
        assertFalse(HelpText.commandLine().lines().anyMatch(line -> line.length() > 100));
    }

    @Test
    void versionComesFromTheBuild() {
        assertTrue(Version.number().matches("\\d+\\.\\d+\\.\\d+.*"), Version.number());
    }
}
