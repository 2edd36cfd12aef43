package io.twinbatch.app.portal;

import io.twinbatch.api.proxy.HostName;
import io.twinbatch.app.portal.server.ServerOptions;
import io.twinbatch.app.runreport.ReportIndex;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Serves the portal of a provider with one job of many tasks, half of which have ended, for {@code
 * docs/benchmarks/portal/run.sh}. It prints its address, and ends with its standard input.
 */
public final class PortalBenchmark {
    private PortalBenchmark() {}

    /** Argument: how many tasks. */
    public static void main(String[] arguments) throws Exception {
        BigBackend backend = new BigBackend(Integer.parseInt(arguments[0]));
        ServerOptions anyPort = new ServerOptions(HostName.LOOPBACK, Optional.of(0), Set.of());
        ReportIndex noReports = new ReportIndex(Path.of("no-such-folder"));
        try (Portal portal =
                Portal.open(anyPort, "a benchmark", () -> List.of(backend), Clock.systemUTC(), false, noReports)) {
            portal.prepare();
            System.out.println(portal.address());
            while (System.in.read() >= 0) {
                // Until it ends.
            }
        }
    }
}
