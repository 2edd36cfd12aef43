package io.twinbatch.api.workflow;

import io.twinbatch.api.storage.ContainerName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a run has created, or has at least asked for. Used by the thread of the run alone. */
final class Owned {
    private final Set<ContainerName> containers = new LinkedHashSet<>();
    private boolean pool;
    private boolean job;

    void addContainer(ContainerName container) {
        containers.add(container);
    }

    void removeContainer(ContainerName container) {
        containers.remove(container);
    }

    /** The containers, in the order of their creation. */
    List<ContainerName> containers() {
        return List.copyOf(containers);
    }

    void askedForPool() {
        pool = true;
    }

    boolean hasAskedForPool() {
        return pool;
    }

    void askedForJob() {
        job = true;
    }

    boolean hasAskedForJob() {
        return job;
    }
}
