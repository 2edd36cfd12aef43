package io.twinbatch.api.workflow.collect;

import io.twinbatch.api.workflow.model.CollectedFile;
import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.PlannedInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The result of an input, or of the total, on its way into the output folder: its files, or why there are none. */
final class Wanted {
    private final ExpectedOutputs task;
    private final String object;
    private final String fileName;
    private final Optional<Outcome> problem;
    private final List<Arrival> arrivals = new ArrayList<>();

    // Guarded by this.
    private final List<Outcome> outcomes = new ArrayList<>();
    private int open;

    /**
     * A result whose files are still to be named.
     *
     * @param task the task that has stored it
     * @param object the name that the plan has for it
     * @param fileName its name in the output folder
     */
    Wanted(ExpectedOutputs task, String object, String fileName) {
        this(task, object, fileName, Optional.empty());
    }

    /** A result that is not there. */
    Wanted(ExpectedOutputs task, String object, String fileName, Outcome problem) {
        this(task, object, fileName, Optional.of(problem));
    }

    private Wanted(ExpectedOutputs task, String object, String fileName, Optional<Outcome> problem) {
        this.task = task;
        this.object = object;
        this.fileName = fileName;
        this.problem = problem;
    }

    /**
     * One file of a result.
     *
     * @param wanted the result
     * @param index its place among the files of the result
     * @param object the name of its object
     * @param fileName its path in the output folder
     * @param entry what the manifest says of it
     */
    record Arrival(Wanted wanted, int index, String object, String fileName, Manifest.Entry entry) {}

    ExpectedOutputs task() {
        return task;
    }

    String object() {
        return object;
    }

    String fileName() {
        return fileName;
    }

    /** The piece of an input whose result it is; empty when it is that of a whole one. */
    Optional<PlannedInput> piece() {
        return task.piece();
    }

    Optional<Outcome> problem() {
        return problem;
    }

    List<Arrival> arrivals() {
        return arrivals;
    }

    /** Names a file of it, before any arrives. */
    void expect(String fileObject, String path, Manifest.Entry entry) {
        arrivals.add(new Arrival(this, arrivals.size(), fileObject, path, entry));
        outcomes.add(null);
        open++;
    }

    /** Takes what has become of one file; returns what has become of the whole once it was the last one. */
    synchronized Optional<Outcome> arrived(Arrival file, Outcome outcome) {
        outcomes.set(file.index(), outcome);
        open--;
        return open > 0 ? Optional.empty() : Optional.of(whole());
    }

    private Outcome whole() {
        List<CollectedFile> files = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            if (!(outcome instanceof Outcome.WithResult there)) {
                return outcome;
            }
            files.addAll(there.files());
        }
        return new Outcome.Done(files);
    }
}
