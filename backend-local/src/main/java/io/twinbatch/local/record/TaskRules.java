package io.twinbatch.local.record;

import io.twinbatch.local.application.PackageReference;
import java.util.List;
import java.util.Optional;

/**
 * What was asked for of a task beyond what the neutral API can say.
 *
 * @param exits what follows from which ending
 * @param dependsOn tasks that have to end satisfyingly before it starts, beside those of its specification
 * @param containers files of containers that it needs, beside those of its specification
 * @param document what a client of the emulator wrote, completed, of properties that the engine does not model;
 *     empty for a task of the API
 * @param applications application packages that its node is to have, beside those of its pool
 * @param usesJob whether it is given a token for the operations on its job
 * @param multiInstance how it runs on several nodes at once; empty for a task that runs on one
 */
public record TaskRules(
        ExitRules exits,
        List<IdRange> dependsOn,
        List<ContainerSource> containers,
        Optional<String> document,
        List<PackageReference> applications,
        boolean usesJob,
        Optional<MultiInstance> multiInstance) {
    /** What a task of the API asks for. */
    public static final TaskRules DEFAULT = new TaskRules(
            ExitRules.DEFAULT, List.of(), List.of(), Optional.empty(), List.of(), false, Optional.empty());

    /** Completes rules that were written before there were application packages and tasks on several nodes. */
    public TaskRules {
        dependsOn = List.copyOf(dependsOn);
        containers = List.copyOf(containers);
        applications = applications == null ? List.of() : List.copyOf(applications);
        multiInstance = multiInstance == null ? Optional.empty() : multiInstance;
    }

    /** On how many nodes it runs at once. */
    public int instances() {
        return multiInstance.map(MultiInstance::instances).orElse(1);
    }

    /** The same with another document of the client. */
    public TaskRules with(Optional<String> newDocument) {
        return new TaskRules(exits, dependsOn, containers, newDocument, applications, usesJob, multiInstance);
    }
}
