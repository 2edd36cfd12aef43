package io.twinbatch.local.emulator.operations;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ServiceError;
import io.twinbatch.local.emulator.http.Reply;
import io.twinbatch.local.engine.Unchanged;
import java.util.function.Supplier;

/** Orders that are worked out from what is there, and only fit that. */
final class Retry {
    private static final int MOST_TRIES = 20;

    private Retry() {}

    /**
     * Works out and gives an order, again when something was changed in between.
     *
     * @param once whether the client has said what it expects, so that a change in between is its affair
     * @param kind what it is about
     */
    static Reply whileChanged(Supplier<Reply> order, boolean once, String kind) {
        for (int tries = 1; ; tries++) {
            try {
                return order.get();
            } catch (BatchException e) {
                boolean changed = e.serviceError()
                        .map(ServiceError::code)
                        .filter(Unchanged.CODE::equals)
                        .isPresent();
                if (!changed || once || tries == MOST_TRIES) {
                    throw Faults.of(e, kind);
                }
            }
        }
    }
}
