package io.twinbatch.api.workflow.collect;

import io.twinbatch.api.workflow.model.Fingerprint;
import io.twinbatch.api.workflow.model.InputFile;
import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.RunEvents;
import io.twinbatch.api.workflow.model.RunPlan;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Notes for later runs what the results of this one were made from. That it cannot is no failure of the run: an input is
 * then processed again. Used from several threads.
 */
public final class ResultRecorder {
    private final ResultIndex index;
    private final Optional<Fingerprint> fingerprint;
    private final Map<String, InputFile> inputs = new HashMap<>();
    private final Map<String, String> contents;
    private final RunEvents events;
    private final AtomicBoolean warned = new AtomicBoolean();

    /**
     * Notes the results of a plan.
     *
     * @param contents the SHA-256 of each input's content, by the name of its result object
     */
    public ResultRecorder(RunPlan plan, Map<String, String> contents, RunEvents events) {
        this.index = ResultIndex.of(plan.request().outputFolder());
        this.fingerprint = plan.request().program().fingerprint();
        this.contents = withTotal(plan, contents);
        this.events = events;
        plan.inputs().forEach(input -> inputs.put(input.outputObject(), input.file()));
    }

    /** The total is made from all inputs. */
    private static Map<String, String> withTotal(RunPlan plan, Map<String, String> contents) {
        List<String> all = plan.inputs().stream()
                .map(input -> contents.get(input.outputObject()))
                .filter(Objects::nonNull)
                .toList();
        if (plan.total().isEmpty() || all.size() < plan.inputs().size()) {
            return contents;
        }
        Map<String, String> more = new HashMap<>(contents);
        more.put(plan.total().get().work().outputObject(), KnownResults.contentOfAll(all));
        return more;
    }

    /** Notes an outcome, when it is a result, and known what it was made from. */
    public void add(String object, String fileName, Outcome outcome) {
        String content = contents.get(object);
        if (content == null || fingerprint.isEmpty() || !(outcome instanceof Outcome.WithResult result)) {
            return;
        }
        try {
            index.add(fileName, Optional.ofNullable(inputs.get(object)), content, fingerprint.get(), result.files());
        } catch (IOException e) {
            if (warned.compareAndSet(false, true)) {
                events.warn("what the results were made from could not be stored beside them, so that a later run"
                        + " makes them again: " + e.getMessage());
            }
        }
    }
}
