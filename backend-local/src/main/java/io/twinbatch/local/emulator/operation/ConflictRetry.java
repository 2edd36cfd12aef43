package io.twinbatch.local.emulator.operation;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ServiceError;
import io.twinbatch.local.emulator.http.Reply;
import io.twinbatch.local.engine.model.Precondition;
import java.util.function.Supplier;

/** Orders that are worked out from what is there, and only fit that. */
public final class ConflictRetry {
    private static final int MAX_TRIES = 20;

    private ConflictRetry() {}

    /**
     * Works out and gives an order, again when something was changed in between.
     *
     * @param once whether the client has said what it expects, so that a change in between is its affair
     * @param kind what it is about
     */
    public static Reply whileChanged(Supplier<Reply> order, boolean once, String kind) {
        for (int tries = 1; ; tries++) {
            try {
                return order.get();
            } catch (BatchException e) {
                boolean changed = e.serviceError()
                        .map(ServiceError::code)
                        .filter(Precondition.CODE::equals)
                        .isPresent();
                if (!changed || once || tries == MAX_TRIES) {
                    throw ServiceFaults.of(e, kind);
                }
            }
        }
    }
}
