package io.twinbatch.local.record;

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
 */
public record TaskRules(
        ExitRules exits, List<IdRange> dependsOn, List<ContainerSource> containers, Optional<String> document) {
    /** What a task of the API asks for. */
    public static final TaskRules DEFAULT = new TaskRules(ExitRules.DEFAULT, List.of(), List.of(), Optional.empty());

    public TaskRules {
        dependsOn = List.copyOf(dependsOn);
        containers = List.copyOf(containers);
    }
}
