package io.twinbatch.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The system's own limit of processes and threads, which a user has reached. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the limit of a process is set with prlimit, which Linux has")
class ProcessLimitTest {
    private static final int TASKS = 30;
    private static final int MORE = 24;

    @TempDir
    private Path temp;

    @Test
    @Timeout(60)
    void tasksThatFindNoRoomWaitUntilOthersHaveEnded() throws Exception {
        Path output = temp.resolve("output");
        Process engine = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            engine.waitFor();
        } finally {
            engine.destroyForcibly();
        }

        List<String> lines = Files.readAllLines(output);
        assertThat(lines).contains("succeeded " + TASKS, "left 0");
        assertThat(numbers(lines).get("at once")).isBetween(1, TASKS - 1);
    }

    private static Map<String, Integer> numbers(List<String> lines) {
        return lines.stream()
                .filter(line -> line.matches("[a-z ]+ \\d+"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.lastIndexOf(' ')),
                        line -> Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1))));
    }

    private List<String> command() throws IOException {
        List<String> command = new ArrayList<>();
        if (Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
            Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxrwxrwx"));
            command.addAll(asAnotherUser());
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djdk.lang.Process.launchMechanism=VFORK",
                "-cp",
                System.getProperty("java.class.path"),
                ProcessLimitProgram.class.getName(),
                temp.resolve("state").toString(),
                Integer.toString(TASKS),
                Integer.toString(MORE)));
        return command;
    }

    /** The superuser has no limit. This is a user that nobody is, with the right to read and write what belongs to others. */
    private static List<String> asAnotherUser() {
        String user = Long.toString(200_000 + ProcessHandle.current().pid());
        return List.of(
                "setpriv",
                "--reuid=" + user,
                "--regid=" + user,
                "--clear-groups",
                "--bounding-set=-all,+dac_override",
                "--inh-caps=-all,+dac_override",
                "--ambient-caps=-all,+dac_override");
    }
}
