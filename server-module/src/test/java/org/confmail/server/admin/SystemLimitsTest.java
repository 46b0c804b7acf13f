package org.confmail.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SystemLimitsTest {
    private static final String USER = "Uid:\t1000\t1000\t1000\t1000\n";
    private static final String ADMINISTRATOR = "Uid:\t1000\t0\t0\t0\n";

    @TempDir
    private Path root;

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void limits(String processes, String files) throws IOException {
        write("proc/self/limits", """
                Limit                     Soft Limit           Hard Limit           Units     \s
                Max cpu time              unlimited            unlimited            seconds   \s
                Max processes             %-20s 96365                processes \s
                Max open files            %-20s 20000                files     \s
                Max file locks            unlimited            unlimited            locks     \s
                """.formatted(processes, files));
    }

    private OptionalLong threads() {
        return SystemLimits.read(root).threads();
    }

    @Test
    void ofAUserTheSoftLimitsCount() throws IOException {
        write("proc/self/status", USER);
        limits("40", "1024");
        assertEquals(new SystemLimits(OptionalLong.of(1024), OptionalLong.of(40)), SystemLimits.read(root));
        limits("unlimited", "unlimited");
        assertEquals(new SystemLimits(OptionalLong.empty(), OptionalLong.empty()), SystemLimits.read(root));
    }

    @Test
    void theAdministratorMayHaveAnyNumberOfProcesses() throws IOException {
        write("proc/self/status", ADMINISTRATOR);
        limits("40", "1024");
        assertEquals(new SystemLimits(OptionalLong.of(1024), OptionalLong.empty()), SystemLimits.read(root));
    }

    @Test
    void theNarrowestGroupCounts() throws IOException {
        write("proc/self/status", USER);
        limits("3000", "1024");
        write("proc/self/cgroup", "0::/system.slice/confmail.service\n");
        assertEquals(OptionalLong.of(3000), threads());
        write("sys/fs/cgroup/system.slice/confmail.service/pids.max", "max\n");
        assertEquals(OptionalLong.of(3000), threads());
        write("sys/fs/cgroup/system.slice/pids.max", "200\n");
        assertEquals(OptionalLong.of(200), threads());
        write("sys/fs/cgroup/system.slice/confmail.service/pids.max", "100\n");
        assertEquals(OptionalLong.of(100), threads());
        write("sys/fs/cgroup/pids.max", "50\n");
        assertEquals(OptionalLong.of(50), threads());
    }

    @Test
    void groupsOfTheOldKindAreKnown() throws IOException {
        write("proc/self/cgroup", "9:name=systemd:/\n8:pids:/docker/1\n1:cpu:/docker/2\n0::/\n");
        write("sys/fs/cgroup/pids/docker/1/pids.max", "77\n");
        write("sys/fs/cgroup/docker/2/pids.max", "1\n");
        assertEquals(OptionalLong.of(77), threads());
    }

    @Test
    void whatMakesNoSenseIsNotKnown() throws IOException {
        SystemLimits nothing = new SystemLimits(OptionalLong.empty(), OptionalLong.empty());
        assertEquals(nothing, SystemLimits.read(root));
        write("proc/self/limits", "Max processes\nMax open files\n");
        write("proc/self/cgroup", "0\n0:\n0::\n0::\0\n0::/../../..\n");
        assertEquals(nothing, SystemLimits.read(root));
    }

    @Test
    void whatIsTooLittleIsToldWithWhatToDo() {
        SystemLimits enough = new SystemLimits(OptionalLong.of(1100), OptionalLong.of(700));
        assertEquals(List.of(), enough.shortages(200));
        assertEquals(List.of(), new SystemLimits(OptionalLong.empty(), OptionalLong.empty()).shortages(100_000));
        assertEquals(
                List.of("the system lets this process have only 1100 files and connections open, and max_connections is"
                        + " 201: connections may end before there are so many. Allow 1102 (LimitNOFILE of the service,"
                        + " or ulimit -n)."),
                enough.shortages(201));
        assertEquals(
                List.of("the system lets this process have only 699 threads: under load, connections may end, and TERM"
                        + " may not be heeded. Allow 700 (TasksMax of the service, the container's limit, or ulimit"
                        + " -u)."),
                new SystemLimits(OptionalLong.empty(), OptionalLong.of(699)).shortages(1));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void thisProcessMayOpenFiles() {
        assertTrue(SystemLimits.ofThisProcess().files().orElse(Long.MAX_VALUE) > 10);
    }
}
