package io.twinbatch.api.workflow.stage;

import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.workflow.model.RunResult.Resource;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a run has created, or has at least asked for. Used by the thread of the run alone. */
public final class CreatedResources {
    private final Set<ContainerName> containers = new LinkedHashSet<>();
    private final Set<Created> created = new HashSet<>();
    private boolean pool;
    private boolean job;

    public void addContainer(ContainerName container) {
        containers.add(container);
    }

    void removeContainer(ContainerName container) {
        containers.remove(container);
    }

    /** The containers, in the order of their creation. */
    public List<ContainerName> containers() {
        return List.copyOf(containers);
    }

    void askedForPool() {
        pool = true;
    }

    public boolean hasAskedForPool() {
        return pool;
    }

    public void askedForJob() {
        job = true;
    }

    public boolean hasAskedForJob() {
        return job;
    }

    /** The provider has confirmed that this is there. */
    public void created(Resource resource, String id) {
        created.add(new Created(resource, id));
    }

    /** Whether the provider has confirmed it. What was only asked for may have been refused. */
    public boolean hasCreated(Resource resource, String id) {
        return created.contains(new Created(resource, id));
    }

    private record Created(Resource resource, String id) {}
}
