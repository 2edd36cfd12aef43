package io.twinbatch.api.workflow;

import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.workflow.RunResult.Resource;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a run has created, or has at least asked for. Used by the thread of the run alone. */
final class Owned {
    private final Set<ContainerName> containers = new LinkedHashSet<>();
    private final Set<Created> created = new HashSet<>();
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

    /** The provider has confirmed that this is there. */
    void created(Resource resource, String id) {
        created.add(new Created(resource, id));
    }

    /** Whether the provider has confirmed it. What was only asked for may have been refused. */
    boolean hasCreated(Resource resource, String id) {
        return created.contains(new Created(resource, id));
    }

    private record Created(Resource resource, String id) {}
}
