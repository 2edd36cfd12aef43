package io.twinbatch.local.engine.model;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.ServiceError;
import java.util.Map;

/** What cannot be done in the present state, with the service's code for it. */
public final class EngineErrors {
    private EngineErrors() {}

    public static BatchException conflict(String serviceCode, String resource, String message) {
        return of(ErrorCode.CONFLICT, serviceCode, resource, message);
    }

    /**
     * The id of something new belongs to something else.
     *
     * @param kind what it is, such as {@code pool}
     * @param deleting whether the other one is being deleted
     * @param deletingCode the service's code for that
     */
    public static BatchException idInUse(String kind, String id, boolean deleting, String deletingCode) {
        String resource = kind + " " + id;
        return deleting
                ? of(
                        ErrorCode.ALREADY_EXISTS,
                        deletingCode,
                        resource,
                        "one of that id is being deleted; try again when it is gone")
                : new BatchException(ErrorCode.ALREADY_EXISTS, resource, "a " + kind + " of that id exists");
    }

    private static BatchException of(ErrorCode code, String serviceCode, String resource, String message) {
        return new BatchException(code, resource, message, new ServiceError(serviceCode, "", "", Map.of()), null);
    }
}
