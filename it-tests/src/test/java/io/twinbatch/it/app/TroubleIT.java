package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The machine does not give what the local backend needs. */
class TroubleIT extends AppTest {
    @Test
    void aPortThatIsTakenIsNamed() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(socket.getLocalPort());
            AppRun run =
                    bench().run("--azurite-port", port, "--output-dir=results").endsWith(3);

            assertThat(run.err()).containsPattern("twinbatch: .*port " + port + " .*taken");
            assertThat(run.out()).isEmpty();
            assertThat(bench().onNodes()).isEmpty();
        }
    }

    @Test
    void anInstallationThatIsBrokenOffLeavesNothing() {
        Path cache = bench().folder().resolve("cache");
        bench().setEnvironment("XDG_CACHE_HOME", cache.toString());
        AppRun run = bench().run("--output-dir=results").untilItSays("installing Azurite");

        run.signal("TERM");

        run.endsWith(143);
        assertThat(bench().processes().now()).as("npm and what it has started").isEmpty();
        assertThat(Workbench.below(cache.resolve("twinbatch"))).containsExactly(Path.of("azurite.lock"));
    }

    @Test
    void aFullDiskIsNamed() throws Exception {
        Path mount = Files.createDirectory(bench().folder().resolve("full"));
        assumeTrue(
                succeeds("mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs", mount.toString()),
                "nothing can be mounted");
        try {
            bench().useStateDir(mount.resolve("state"));
            AppRun run = bench().run("--output-dir=results").endsWith(5);

            assertThat(run.err()).contains("twinbatch: ").containsPattern("(?i)no space left|disk .*is full");
            assertThat(run.err()).doesNotContain("internal error", "Exception");
            assertThat(run.out()).isEmpty();
            assertThat(bench().processes().now()).isEmpty();
        } finally {
            succeeds("umount", "-l", mount.toString());
        }
    }

    @Tag("long")
    @Test
    void aDiskThatResultsFillIsToldOnceAndTheRestIsFetchedWhenThereIsRoom() throws Exception {
        Path mount = Files.createDirectory(bench().folder().resolve("full"));
        assumeTrue(
                succeeds("mount", "-t", "tmpfs", "-o", "size=48k", "tmpfs", mount.toString()),
                "nothing can be mounted");
        try {
            for (int number = 1; number <= 30; number++) {
                bench().write("in/text" + number + ".txt", ("word" + number + " ").repeat(20));
            }
            AppRun run = bench().run("--output-dir=" + mount.resolve("results"), "in")
                    .endsWith(5);

            Matcher numbers = Pattern.compile("(\\d+) of 30 inputs done").matcher(run.err());
            assertThat(numbers.find()).isTrue();
            int done = Integer.parseInt(numbers.group(1));
            assertThat(Workbench.below(mount.resolve("results")).stream()
                            .filter(path -> path.toString().endsWith("_OUTPUT.txt")))
                    .hasSize(done);
            assertThat(run.err())
                    .contains("Downloaded " + done + " of 30 files to ")
                    .contains(
                            "twinbatch: no result for " + (30 - done) + " inputs: computed, but not downloaded: output"
                                    + " folder " + mount.resolve("results") + ": its disk is full; make room");
            assertThat(run.err().lines().filter(line -> line.contains("no result for")))
                    .hasSize(1);

            assertThat(succeeds("mount", "-o", "remount,size=4m", mount.toString()))
                    .isTrue();
            bench().start(List.of("resume", "--state-dir=" + bench().stateDir(), "--azurite=npm", run.id()))
                    .endsWith(0);
            assertThat(Workbench.below(mount.resolve("results")).stream()
                            .filter(path -> path.toString().endsWith("_OUTPUT.txt")))
                    .hasSize(30);
        } finally {
            succeeds("umount", "-l", mount.toString());
        }
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            // There is no such program.
            return false;
        }
    }
}
