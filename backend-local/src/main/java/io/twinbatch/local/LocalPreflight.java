package io.twinbatch.local;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.preflight.Preflight;
import io.twinbatch.api.task.ContainerImage;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.local.container.ContainerEngine;
import java.util.List;
import java.util.Optional;

/**
 * There are no accounts and no quotas. What a plan may need beyond this machine is an engine for containers, and images:
 * one that is missing is fetched here, because nothing else says whether it can be had.
 */
final class LocalPreflight implements Preflight {
    private final ContainerEngine containers;

    LocalPreflight(ContainerEngine containers) {
        this.containers = containers;
    }

    @Override
    public List<Finding> check(RunPlan plan) {
        if (plan.pool().containerImages().isEmpty()) {
            return List.of();
        }
        Optional<String> problem = containers.problem();
        if (problem.isPresent()) {
            return List.of(new Finding(
                    "container engine",
                    Result.FAILED,
                    problem.get(),
                    "leave out --image to run the command on this machine itself"));
        }
        return plan.pool().containerImages().stream().map(this::check).toList();
    }

    private Finding check(ContainerImage image) {
        try {
            containers.requireAll(List.of(image));
            return new Finding("container image", Result.PASSED, image + " is on this machine", "");
        } catch (BatchException e) {
            return new Finding("container image", Result.FAILED, e.getMessage(), "");
        }
    }
}
