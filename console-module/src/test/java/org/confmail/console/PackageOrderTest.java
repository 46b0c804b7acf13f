package org.confmail.console;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A package of the console uses only what stands below it, and a view never another one. */
class PackageOrderTest {
    private static final String ROOT = "org.confmail.console";

    /** Top to bottom. Those of one row don't use each other. */
    private static final List<Set<String>> ROWS = List.of(
            Set.of("shell"),
            Set.of(
                    "overview",
                    "queues",
                    "log",
                    "traffic",
                    "configuration",
                    "connections",
                    "accounts",
                    "certificates",
                    "dht",
                    "storage",
                    "servers"),
            Set.of("lines"),
            Set.of("view"),
            Set.of("control"),
            Set.of("remote"),
            Set.of("settings"),
            Set.of("text"));

    private static final JavaClasses CLASSES = classesOfTheConsole();

    private static JavaClasses classesOfTheConsole() {
        // Names are enough to tell what stands outside; reading the JDK's classes takes seconds.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter()
                .withImportOption(location -> !location.contains("test-classes"))
                .importLocations(Set.of(Location.of(
                        Console.class.getProtectionDomain().getCodeSource().getLocation())));
    }

    private static String packageOf(JavaClass type) {
        String[] parts = type.getPackageName().substring(ROOT.length()).split("\\.", -1);
        return parts.length < 2 ? "" : parts[1];
    }

    private static String[] patterns(Iterable<String> packages) {
        List<String> patterns = new ArrayList<>();
        packages.forEach(name -> patterns.add(ROOT + "." + name + ".."));
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
        assertEquals(Set.of(), found, "packages without a place in the order");
    }

    @Test
    void packageUsesOnlyWhatStandsBelowIt() {
        Set<String> above = new TreeSet<>();
        for (Set<String> row : ROWS) {
            for (String name : row) {
                Set<String> forbidden = new TreeSet<>(above);
                forbidden.addAll(row);
                forbidden.remove(name);
                List<String> patterns = new ArrayList<>(List.of(patterns(forbidden)));
                patterns.add(ROOT); // the wiring
                noClasses()
                        .that()
                        .resideInAPackage(ROOT + "." + name + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(patterns.toArray(String[]::new))
                        .allowEmptyShould(true)
                        .check(CLASSES);
            }
            above.addAll(row);
        }
    }

    /** It speaks to servers through their admin socket alone. */
    @Test
    void consoleKnowsNothingOfTheServersInside() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.confmail.server..")
                .check(CLASSES);
    }

    /** A sleeping thread is one that does not end, and in the window one that blocks it. */
    @Test
    void nobodySleeps() {
        noClasses()
                .should()
                .callMethodWhere(target(owner(describe("Thread", type -> type.isEquivalentTo(Thread.class))))
                        .and(target(nameMatching("sleep"))))
                .check(CLASSES);
    }

    /** A rule that finds nothing proves nothing. */
    @Test
    void rulesSeeWhatTheyForbid() {
        assertThrows(
                AssertionError.class,
                () -> noClasses()
                        .that()
                        .resideInAPackage(ROOT)
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("javafx.application")
                        .check(CLASSES));
    }
}
