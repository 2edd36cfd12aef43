package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.it.emulator.RunningEmulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Settings name a proxy that nobody runs: what is on this machine is reached all the same. */
class ProxySettingsIT extends AppTest {
    @BeforeEach
    void nameProxyThatNobodyRuns() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = closed.getLocalPort();
            bench().setEnvironment(
                            "JAVA_TOOL_OPTIONS",
                            "-Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=" + port + " -Dhttps.proxyHost=127.0.0.1"
                                    + " -Dhttps.proxyPort=" + port + " -Dhttp.nonProxyHosts=none.example");
            bench().setEnvironment("HTTP_PROXY", "http://127.0.0.1:" + port);
        }
        bench().write("a.txt", "one and one");
    }

    @Test
    void aLocalRunReachesItsObjectStore() {
        assertThat(bench().run("a.txt").endsWith(0).out()).contains("one  2");
    }

    @Tag("long")
    @Test
    void aRunOnTheEmulatorReachesIt() {
        Path folder = bench().folder().resolve("emulator");
        try (RunningEmulator emulator = RunningEmulator.start(folder, bench().environment())) {
            bench().useStateDir(RunningEmulator.stateDir(folder));
            emulator.environment().forEach(bench()::setEnvironment);

            AppRun run = bench().start(List.of("run", "--backend=azure", "--output-dir=results", "a.txt"));

            assertThat(run.endsWith(0).out()).contains("one  2");
        }
    }
}
