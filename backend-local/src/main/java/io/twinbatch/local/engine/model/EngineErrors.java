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

    /** The id of something that is on its way out. */
    public static BatchException idInUse(String serviceCode, String resource) {
        return of(
                ErrorCode.ALREADY_EXISTS,
                serviceCode,
                resource,
                "one of that id is being deleted; try again when it is gone");
    }

    private static BatchException of(ErrorCode code, String serviceCode, String resource, String message) {
        return new BatchException(code, resource, message, new ServiceError(serviceCode, "", "", Map.of()), null);
    }
}
