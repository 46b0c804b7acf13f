package org.confmail.server.main;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.FileOutputStream;
import java.io.FileWriter;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A package uses only what stands below it; and what else of the design can be told from the classes. */
class PackageOrderTest {
    private static final String ROOT = "org.confmail.server.";

    /** Top to bottom. Those of one row don't use each other. */
    private static final List<Set<String>> ROWS = List.of(
            Set.of("main"),
            Set.of("command"),
            Set.of("admin"),
            Set.of("upkeep"),
            Set.of("session"),
            Set.of("home"),
            Set.of("notify"),
            Set.of("delivery", "dht"),
            Set.of("store"),
            Set.of("account"),
            Set.of("block"),
            Set.of("openpgp"),
            Set.of("net"),
            Set.of("disk", "systemd"),
            Set.of("config"),
            Set.of("metrics", "log"),
            Set.of("time", "follow"));

    /** Text and bytes in, text and bytes out. */
    private static final String[] INPUT_AND_OUTPUT = {
        "java.net..", "javax.net..", "java.nio.file..", "java.nio.channels..", ROOT + "disk..", ROOT + "net.."
    };

    /**
     * Who changes files beside {@code disk}: the log writes its own, which must work when all else fails, and forces nothing.
     */
    private static final String[] WRITERS = {ROOT + "disk..", ROOT + "log.."};

    /** Asks whether a home's lock is held, by trying it on a channel that can only read. */
    private static final String LOCK_PROBE = ROOT + "home.LockProbe";

    /** Writes a report where the operator stands, in a program of its own. */
    private static final String OPERATORS_FILE = ROOT + "command.ReportCommand";

    private static final JavaClasses CLASSES = classesOfTheServer();

    private static JavaClasses classesOfTheServer() {
        ((Logger) LoggerFactory.getLogger("com.tngtech")).setLevel(Level.WARN);
        // Names are enough to tell what stands outside; reading the JDK's classes takes seconds.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter().importPath(Path.of("target/classes"));
    }

    private static String packageOf(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith(ROOT)) {
            return "";
        }
        String below = name.substring(ROOT.length());
        int dot = below.indexOf('.');
        return dot < 0 ? below : below.substring(0, dot);
    }

    private static String[] patterns(Iterable<String> packages) {
        List<String> patterns = new ArrayList<>();
        packages.forEach(name -> patterns.add(ROOT + name + ".."));
        return patterns.toArray(String[]::new);
    }

    @Test
    void everyPackageHasItsPlaceInTheOrder() {
        Set<String> places = new TreeSet<>();
        ROWS.forEach(places::addAll);
        Set<String> found = new TreeSet<>();
        CLASSES.forEach(type -> found.add(packageOf(type)));
        found.remove("");
        found.removeAll(places);
        assertEquals(Set.of(), found, "packages that DESIGN does not know");
    }

    @Test
    void packageUsesOnlyWhatStandsBelowIt() {
        Set<String> above = new TreeSet<>();
        for (Set<String> row : ROWS) {
            for (String name : row) {
                Set<String> forbidden = new TreeSet<>(above);
                forbidden.addAll(row);
                forbidden.remove(name);
                if (!forbidden.isEmpty()) {
                    noClasses()
                            .that()
                            .resideInAPackage(ROOT + name + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(patterns(forbidden))
                            .allowEmptyShould(true)
                            .check(CLASSES);
                }
            }
            above.addAll(row);
        }
    }

    @Test
    void commandKnowsTheServerByTheSharedModuleOnly() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "command..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("org.confmail.server..").and(not(resideInAPackage(ROOT + "command.."))))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void rulesOfBlocksAndKeysNeedNoInputAndOutput() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "block..", ROOT + "openpgp..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(INPUT_AND_OUTPUT)
                        .or(describe("java.io.File…", type -> type.getName().startsWith("java.io.File"))))
                .check(CLASSES);
    }

    @Test
    void onlyTheDiskChangesFiles() {
        noClasses()
                .that()
                .resideOutsideOfPackages(WRITERS)
                .and()
                .doNotHaveFullyQualifiedName(LOCK_PROBE)
                .and()
                .doNotHaveFullyQualifiedName(OPERATORS_FILE)
                .and()
                .resideInAPackage("org.confmail.server..")
                .should()
                .callMethodWhere(
                        target(owner(describe("Files", type -> type.isEquivalentTo(Files.class))))
                                .and(
                                        target(
                                                nameMatching(
                                                        "write.*|new(OutputStream|BufferedWriter|ByteChannel)|create.*|copy|move|delete.*|set.*"))))
                .orShould()
                .callMethodWhere(target(owner(describe("FileChannel", type -> type.isEquivalentTo(FileChannel.class))))
                        .and(target(nameMatching("write|force|truncate|lock|tryLock"))))
                .orShould()
                .dependOnClassesThat(describe(
                        "streams into files",
                        type -> type.isEquivalentTo(FileOutputStream.class)
                                || type.isEquivalentTo(RandomAccessFile.class)
                                || type.isEquivalentTo(FileWriter.class)))
                .check(CLASSES);
    }

    @Test
    void nobodySleeps() {
        noClasses()
                .should()
                .callMethodWhere(target(owner(describe("Thread", type -> type.isEquivalentTo(Thread.class))))
                        .and(target(nameMatching("sleep"))))
                .check(CLASSES);
    }

    @Test
    void stateIsNotStatic() {
        fields().that()
                .areStatic()
                .and(are(describe(
                        "of our own making", field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC))))
                .should()
                .beFinal()
                .check(CLASSES);
        // A set of the homes that this process holds: POSIX locks are the process's as well.
        DescribedPredicate<JavaClass> holder =
                describe("HomeLock", type -> type.getName().equals(ROOT + "home.HomeLock"));
        fields().that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat(not(holder))
                .should()
                .notHaveRawType(resideInAnyPackage("java.util.concurrent.atomic..", "java.util.concurrent.locks..")
                        .or(describe(
                                "concurrent collections",
                                type -> type.getName().startsWith("java.util.concurrent.Concurrent"))))
                .check(CLASSES);
    }

    @Test
    void onlyMainStartsFromTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "main..")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + "command.Main")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(CLASSES);
        classes()
                .that()
                .haveSimpleName("FileDisk")
                .should()
                .onlyHaveDependentClassesThat()
                .resideInAnyPackage(ROOT + "main..", ROOT + "disk..")
                .check(CLASSES);
    }

    /** A rule that finds nothing proves nothing. */
    @Test
    void rulesSeeWhatTheyForbid() {
        assertThrows(
                AssertionError.class,
                () -> noClasses()
                        .that()
                        .resideInAPackage(ROOT + "store..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(ROOT + "disk..")
                        .check(CLASSES));
        assertThrows(
                AssertionError.class,
                () -> noClasses()
                        .that()
                        .resideInAPackage(ROOT + "disk..")
                        .should()
                        .callMethodWhere(target(owner(describe("Files", type -> type.isEquivalentTo(Files.class))))
                                .and(target(nameMatching("move"))))
                        .check(CLASSES));
    }
}
