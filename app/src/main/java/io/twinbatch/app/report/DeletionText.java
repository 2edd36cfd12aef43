package io.twinbatch.app.report;

import io.twinbatch.api.workflow.model.RunResult.Resource;

/** Says that a provider has accepted the deletion of something. */
public final class DeletionText {
    private DeletionText() {}

    /**
     * A line about a deletion. A remote service accepts the deletion of a pool or a job and carries it out later: it
     * answers 202 (<a href="https://learn.microsoft.com/rest/api/batchservice/pool/delete">Pool - Delete</a>).
     *
     * @param remote whether a remote service deletes it
     */
    public static String of(Resource resource, String id, boolean remote) {
        String name = resource.label() + " [" + id + "]";
        if (!remote || resource == Resource.CONTAINER) {
            return "Deleted " + name + ".";
        }
        return "Deletion of " + name + " ordered"
                + (resource == Resource.POOL ? "; its nodes cost money until the service has removed them." : ".");
    }
}
