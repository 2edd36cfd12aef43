package io.twinbatch.local;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.proxy.HostName;
import io.twinbatch.local.azurite.AzuriteSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How the local backend is set up.
 *
 * @param stateDir where pools, jobs, tasks and objects are kept; made when it is missing, for this user alone; used by
 *     one backend at a time
 * @param cacheDir where an Azurite installation is kept for all state folders
 * @param azurite where the object store comes from
 * @param azuriteEndpoint with {@link AzuriteSource#ENDPOINT} alone: a connection string or a URL
 * @param azuritePort the port of an Azurite that is started; empty for a free one
 * @param azuriteAddress the address that an Azurite that is started listens on
 * @param faults a file with what is to go wrong on purpose; empty when nothing is
 * @param applications a folder with application packages, {@code ID/VERSION.zip}; empty when there are none
 * @param transitionTime how long pools, nodes, jobs and tasks stay at least in a state that lies between two others, as
 *     they do on the service; zero for no longer than the work in it takes
 * @param taskUsers whether an emulator has users of their own for tasks; the local backend has not
 */
public record LocalConfig(
        Path stateDir,
        Path cacheDir,
        AzuriteSource azurite,
        Optional<String> azuriteEndpoint,
        Optional<Integer> azuritePort,
        String azuriteAddress,
        Optional<Path> faults,
        Optional<Path> applications,
        Duration transitionTime,
        TaskUserMode taskUsers) {
    /** The longest time for transitions. */
    public static final Duration MAX_TRANSITION_TIME = Duration.ofMinutes(10);

    public LocalConfig {
        Objects.requireNonNull(stateDir, "stateDir");
        Objects.requireNonNull(cacheDir, "cacheDir");
        Objects.requireNonNull(azurite, "azurite");
        Objects.requireNonNull(azuriteEndpoint, "azuriteEndpoint");
        Objects.requireNonNull(azuritePort, "azuritePort");
        Objects.requireNonNull(azuriteAddress, "azuriteAddress");
        Objects.requireNonNull(faults, "faults");
        Objects.requireNonNull(applications, "applications");
        Objects.requireNonNull(taskUsers, "taskUsers");
        if (transitionTime.isNegative() || transitionTime.compareTo(MAX_TRANSITION_TIME) > 0) {
            throw new BatchException(
                    ErrorCode.INVALID,
                    "transition time " + transitionTime,
                    "it is from zero to " + MAX_TRANSITION_TIME);
        }
    }

    /** A backend in which nothing goes wrong on purpose, or takes longer than it must. */
    public LocalConfig(
            Path stateDir,
            Path cacheDir,
            AzuriteSource azurite,
            Optional<String> azuriteEndpoint,
            Optional<Integer> azuritePort) {
        this(
                stateDir,
                cacheDir,
                azurite,
                azuriteEndpoint,
                azuritePort,
                HostName.LOOPBACK,
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                TaskUserMode.OFF);
    }

    /** Whatever Azurite is at hand, on a free port. */
    public static LocalConfig of(Path stateDir, Path cacheDir) {
        return new LocalConfig(stateDir, cacheDir, AzuriteSource.AUTO, Optional.empty(), Optional.empty());
    }

    /** The same backend on another state folder. */
    public LocalConfig at(Path otherStateDir) {
        return new LocalConfig(
                otherStateDir,
                cacheDir,
                azurite,
                azuriteEndpoint,
                azuritePort,
                azuriteAddress,
                faults,
                applications,
                transitionTime,
                taskUsers);
    }

    /** Leaves out the endpoint, which may hold a key. */
    @Override
    public String toString() {
        return "LocalConfig[stateDir=" + stateDir + ", cacheDir=" + cacheDir + ", azurite=" + azurite + "]";
    }
}
