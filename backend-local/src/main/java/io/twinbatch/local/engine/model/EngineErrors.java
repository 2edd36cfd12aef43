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

    static BatchException of(ErrorCode code, String serviceCode, String resource, String message) {
        return new BatchException(code, resource, message, new ServiceError(serviceCode, "", "", Map.of()), null);
    }
}
