package io.twinbatch.local.emulator;

import io.twinbatch.api.time.Sleeper;
import io.twinbatch.local.emulator.http.Handler;
import io.twinbatch.local.emulator.http.Reply;
import io.twinbatch.local.emulator.http.Request;
import io.twinbatch.local.emulator.http.ServiceFault;
import io.twinbatch.local.emulator.http.UrlText;
import io.twinbatch.local.faults.Faults;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** A handler whose requests are refused, delayed, or answered in vain, as a fault file has it. */
public final class FaultyHandler implements Handler {
    private final Handler handler;
    private final Faults faults;
    private final Sleeper sleeper;

    /**
     * Puts faults before a handler.
     *
     * @param sleeper holds slow answers back
     */
    public FaultyHandler(Handler handler, Faults faults, Sleeper sleeper) {
        this.handler = handler;
        this.faults = faults;
        this.sleeper = sleeper;
    }

    @Override
    public Reply handle(Request request) {
        String operation = request.method()
                + request.path().stream().map(UrlText::encode).collect(Collectors.joining("/", " /", ""));
        faults.refusal(operation).ifPresent(refusal -> {
            throw fault(refusal);
        });
        boolean lost = faults.losesAnswer(operation);
        Duration delay = faults.answerDelay(operation);
        try {
            return answered(request, lost);
        } finally {
            hold(delay);
        }
    }

    private Reply answered(Request request, boolean lost) {
        if (!lost) {
            return handler.handle(request);
        }
        int status;
        try {
            status = handler.handle(request).status();
        } catch (ServiceFault fault) {
            // A refusal gets lost as any other answer.
            status = fault.status();
        }
        return new Reply(status, Map.of(), new Reply.Lost());
    }

    private void hold(Duration delay) {
        try {
            if (!delay.isZero()) {
                sleeper.sleep(delay);
            }
        } catch (InterruptedException e) {
            // The emulator is being closed, and nobody waits for this answer any more.
            Thread.currentThread().interrupt();
        }
    }

    private static ServiceFault fault(Faults.Refusal refusal) {
        ServiceFault fault = new ServiceFault(refusal.status(), refusal.code(), refusal.message());
        return refusal.retryAfter()
                .map(delay -> fault.withHeaders(Map.of("Retry-After", Long.toString((delay.toMillis() + 999) / 1000))))
                .orElse(fault);
    }
}
