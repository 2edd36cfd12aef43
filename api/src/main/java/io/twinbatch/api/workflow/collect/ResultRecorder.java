package io.twinbatch.api.workflow.collect;

import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.RunEvents;
import io.twinbatch.api.workflow.model.RunPlan;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Notes for later runs what the results of this one were made from. That it cannot is no failure of the run: an input is
 * then processed again. Used from several threads.
 */
final class ResultRecorder {
    private final ResultIndex index;
    private final Optional<String> fingerprint;
    private final Map<String, String> contents;
    private final RunEvents events;
    private final AtomicBoolean warned = new AtomicBoolean();

    ResultRecorder(RunPlan plan, Map<String, String> contents, RunEvents events) {
        this.index = ResultIndex.of(plan.request().outputFolder());
        this.fingerprint = plan.request().program().fingerprint();
        this.contents = contents;
        this.events = events;
    }

    /** Notes an outcome, when it is a result, and known what it was made from. */
    void add(String object, String fileName, Outcome outcome) {
        String content = contents.get(object);
        if (content == null || fingerprint.isEmpty() || !(outcome instanceof Outcome.WithResult result)) {
            return;
        }
        try {
            index.add(fileName, content, fingerprint.get(), result.files());
        } catch (IOException e) {
            if (warned.compareAndSet(false, true)) {
                events.warn("what the results were made from could not be stored beside them, so that a later run"
                        + " makes them again: " + e.getMessage());
            }
        }
    }
}
