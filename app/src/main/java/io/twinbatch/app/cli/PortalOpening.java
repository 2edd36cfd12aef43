package io.twinbatch.app.cli;

import io.twinbatch.api.proxy.HostName;
import io.twinbatch.app.inspect.BackendInspector;
import io.twinbatch.app.option.PortalSwitch;
import io.twinbatch.app.portal.Portal;
import io.twinbatch.app.portal.server.ServerOptions;
import io.twinbatch.app.run.BackendSettings;
import io.twinbatch.app.run.LocalSettings;
import io.twinbatch.app.runreport.ReportIndex;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Opens the portal beside the work of another command. */
final class PortalOpening {
    private final AppEnvironment appEnvironment;

    PortalOpening(AppEnvironment appEnvironment) {
        this.appEnvironment = appEnvironment;
    }

    /** A portal that may not be there. */
    interface Opened extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Opens it when that is asked for, and says where it is.
     *
     * @param where the backend, in a few words
     * @param look looks at the backend; called when the portal is asked for
     * @throws io.twinbatch.app.exit.UsageException when it cannot listen where it is to
     */
    Opened beside(PortalSwitch options, String where, Supplier<BackendInspector> look) {
        if (!options.portal) {
            return () -> {};
        }
        List<BackendInspector> places = List.of(look.get());
        Portal portal = Portal.open(
                new ServerOptions(HostName.LOOPBACK, options.portalPort, Set.of()),
                where,
                () -> places,
                appEnvironment.clock(),
                options.allowActions,
                new ReportIndex(appEnvironment.folders().state()));
        appEnvironment.err().line("Portal: " + portal.address());
        return portal::closeAfterLastLook;
    }

    /** The backend of some settings, in a few words. */
    static String describe(BackendSettings settings) {
        return settings instanceof LocalSettings local
                ? "local, " + local.stateDir()
                : settings.backend().toString();
    }
}
