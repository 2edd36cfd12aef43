package io.twinbatch.local.emulator.operation;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ServiceError;
import io.twinbatch.local.emulator.http.ServiceFault;
import io.twinbatch.local.engine.model.Precondition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The engine's refusals in the service's words. */
public final class ServiceFaults {
    private ServiceFaults() {}

    /**
     * A refusal of the engine.
     *
     * @param kind what it is about: {@code Pool}, {@code Node}, {@code NodeUser}, {@code Job}, {@code Task} or
     *     {@code JobSchedule}
     */
    public static ServiceFault of(BatchException refusal, String kind) {
        return switch (refusal.code()) {
            case NOT_FOUND -> Call.notFound(kind);
            case ALREADY_EXISTS -> refusal.serviceError().isPresent() ? conflict(refusal) : exists(kind);
            case CONFLICT -> conflict(refusal);
            case INVALID -> invalid(refusal);
            case QUOTA -> new ServiceFault(503, "ServerBusy", refusal.getMessage());
            case UNAVAILABLE -> new ServiceFault(503, "ServerBusy", refusal.getMessage());
            default -> new ServiceFault(500, "InternalError", "The server encountered an internal error.");
        };
    }

    /** Gives an order, and words a refusal as the service does. */
    public static <T> T guarded(String kind, Supplier<T> order) {
        try {
            return order.get();
        } catch (BatchException e) {
            throw of(e, kind);
        }
    }

    /** Gives an order that has no result. */
    public static void guard(String kind, Runnable order) {
        Boolean unused = guarded(kind, () -> {
            order.run();
            return true;
        });
    }

    static ServiceFault exists(String kind) {
        return new ServiceFault(409, kind + "Exists", "The specified " + Call.noun(kind) + " already exists.");
    }

    private static ServiceFault conflict(BatchException refusal) {
        String code = refusal.serviceError().map(ServiceError::code).orElse("OperationInvalidForCurrentState");
        if (code.equals(Precondition.CODE)) {
            return conditionNotMet();
        }
        return new ServiceFault(409, code, message(code, refusal));
    }

    /** Something is on its way out. */
    public static ServiceFault being(String kind, String what) {
        boolean deleted = what.equals("deleted");
        return new ServiceFault(
                409,
                kind + (deleted ? "BeingDeleted" : "BeingTerminated"),
                "The specified " + Call.noun(kind)
                        + (deleted
                                ? " has been marked for deletion and is being garbage collected."
                                : " is being terminated."));
    }

    static ServiceFault conditionNotMet() {
        return new ServiceFault(
                412, "ConditionNotMet", "The condition specified using HTTP conditional header(s) is not met.");
    }

    private static String message(String code, BatchException refusal) {
        return switch (code) {
            case "PoolBeingDeleted" ->
                "The specified pool has been marked for deletion and is being garbage collected.";
            case "PoolBeingResized" -> "The specified pool is being resized.";
            case "JobBeingDeleted" -> "The specified job has been marked for deletion and is being garbage collected.";
            case "JobScheduleBeingDeleted" ->
                "The specified job schedule has been marked for deletion and is being garbage collected.";
            case "JobBeingTerminated" -> "The specified job is being terminated.";
            case "JobCompleted" -> "The specified job is already in a completed state.";
            case "TaskCompleted" -> "The specified task is already in a completed state.";
            default -> refusal.getMessage();
        };
    }

    private static ServiceFault invalid(BatchException refusal) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("Reason", refusal.getMessage());
        return new ServiceFault(
                400,
                "InvalidPropertyValue",
                "The value provided for one of the properties in the request body is invalid.",
                values);
    }
}
