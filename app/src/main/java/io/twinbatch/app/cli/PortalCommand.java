package io.twinbatch.app.cli;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.option.PortalOptions;
import io.twinbatch.app.portal.Portal;
import io.twinbatch.app.portal.server.ServerOptions;
import io.twinbatch.app.report.JsonReport;
import io.twinbatch.app.run.BackendPlaces;
import io.twinbatch.app.run.BackendSettings;
import io.twinbatch.app.run.InspectorFactory;
import io.twinbatch.app.run.Interruption;
import io.twinbatch.app.runreport.ReportIndex;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** The command {@code portal}: serves the pages of a backend until a signal comes. */
final class PortalCommand implements AppCommand {
    private final AppEnvironment appEnvironment;
    private final InspectorFactory factory;
    private final Interruption interruption;
    private final PortalOptions options;

    PortalCommand(
            AppEnvironment appEnvironment, InspectorFactory factory, Interruption interruption, PortalOptions options) {
        this.appEnvironment = appEnvironment;
        this.factory = factory;
        this.interruption = interruption;
        this.options = options;
    }

    @Override
    public ExitCode execute(Runnable begun) {
        BackendSettings settings = new SettingsReader(appEnvironment).read(options.where, options.general);
        begun.run();
        interruption.announce("closing the portal");
        interruption.onAbandon("nothing was changed");
        CountDownLatch stopped = new CountDownLatch(1);
        interruption.onSignal(stopped::countDown);
        BackendPlaces places = new BackendPlaces(factory, settings);
        ServerOptions server = new ServerOptions(options.bind, options.port, Set.copyOf(options.hosts));
        try (Portal portal = Portal.open(
                server,
                PortalOpening.describe(settings),
                places,
                appEnvironment.clock(),
                options.allowActions,
                new ReportIndex(appEnvironment.folders().state()))) {
            portal.prepare();
            tell(portal.address());
            stopped.await();
        } catch (InterruptedException e) {
            throw new BatchException(ErrorCode.UNKNOWN, "portal", "interrupted while it was open", e);
        }
        // To end it is what Ctrl-C is there for.
        return interruption
                .received()
                .filter(code -> code != ExitCode.INTERRUPTED)
                .orElse(ExitCode.DONE);
    }

    private void tell(URI address) {
        if (options.general.json) {
            new JsonReport(appEnvironment.out())
                    .write(
                            "portal",
                            "ready",
                            ExitCode.DONE,
                            json -> json.writeStringField("address", address.toString()));
        } else {
            appEnvironment.out().println(address);
        }
        appEnvironment.out().flush();
        appEnvironment
                .err()
                .line("The portal is open at this address. Anyone who has it sees everything of the backend"
                        + (options.allowActions ? ", and may change it." : ".") + " Ctrl-C closes it.");
        if (options.open) {
            openBrowser(address);
        }
    }

    private void openBrowser(URI address) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String opener = system.contains("mac") ? "open" : "xdg-open";
        try {
            new ProcessBuilder(opener, address.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            appEnvironment
                    .err()
                    .line("No browser could be opened with " + opener + " (" + FailureReason.of(e)
                            + "); open the address by hand.");
        }
    }
}
