package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
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
            AppRun run = bench().run("--output-dir=results").endsWith(3);

            assertThat(run.err()).contains("twinbatch: ").containsPattern("(?i)no space left|disk is full");
            assertThat(run.err()).doesNotContain("internal error", "Exception");
            assertThat(run.out()).isEmpty();
            assertThat(bench().processes().now()).isEmpty();
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
