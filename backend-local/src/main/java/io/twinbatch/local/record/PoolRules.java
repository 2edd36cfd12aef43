package io.twinbatch.local.record;

import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.local.application.PackageReference;
import java.util.List;
import java.util.Optional;

/**
 * What was asked for of a pool beyond what the neutral API can say.
 *
 * @param startTaskGates whether a node takes tasks only after its start task has succeeded
 * @param containers files of containers that the start task needs, beside those of the specification
 * @param autoScale the formula that decides about its size
 * @param document what a client of the emulator wrote, completed, of properties that the engine does not model;
 *     empty for a pool of the API
 * @param runsContainers whether its tasks run in containers, also when it names no images
 * @param applications application packages that its nodes are to have
 * @param interNodeCommunication whether its nodes may reach each other, which tasks on several nodes need; false in a
 *     record that was written before there were such tasks
 */
public record PoolRules(
        boolean startTaskGates,
        List<ContainerSource> containers,
        Optional<AutoScale> autoScale,
        Optional<String> document,
        boolean runsContainers,
        List<PackageReference> applications,
        boolean interNodeCommunication) {
    /** What a pool of the API asks for. */
    public static final PoolRules DEFAULT =
            new PoolRules(true, List.of(), Optional.empty(), Optional.empty(), false, List.of(), false);

    /** Completes rules that were written before there were application packages. */
    public PoolRules {
        applications = applications == null ? List.of() : List.copyOf(applications);
    }

    /** Whether the tasks of such a pool run in containers; otherwise none does. */
    public boolean runContainers(PoolSpec spec) {
        return runsContainers || !spec.containerImages().isEmpty();
    }

    /** The same with another formula, or without. */
    public PoolRules with(Optional<AutoScale> newAutoScale) {
        return new PoolRules(
                startTaskGates,
                containers,
                newAutoScale,
                document,
                runsContainers,
                applications,
                interNodeCommunication);
    }

    /** The same with what a client wrote. */
    public PoolRules withDocument(Optional<String> newDocument) {
        return new PoolRules(
                startTaskGates,
                containers,
                autoScale,
                newDocument,
                runsContainers,
                applications,
                interNodeCommunication);
    }
}
