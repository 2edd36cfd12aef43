package io.twinbatch.api.workflow.stage;

import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.PlannedInput.StagedFile;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunPlan.PlannedTask;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The SHA-256 of the content of inputs, from those of the files that were uploaded. */
final class InputContents {
    /** No content has it: the result of such an input is made again by a later run. */
    private static final String UNKNOWN = "0".repeat(64);

    private InputContents() {}

    /**
     * The contents of the inputs of which a file was uploaded, by the names of their result objects; none when the program
     * has no fingerprint, so that nobody needs them.
     *
     * <p>That of an input that was uploaded in pieces is not known from them.
     *
     * @param hashes the SHA-256 of the content of each file, by the name of its object
     */
    static Map<String, String> of(RunPlan plan, Map<String, String> hashes) {
        Map<String, String> contents = new HashMap<>();
        if (plan.request().program().fingerprint().isEmpty()) {
            return contents;
        }
        for (PlannedTask task : plan.tasks()) {
            for (PlannedInput input : task.inputs()) {
                List<String> objects =
                        input.files().stream().map(StagedFile::object).toList();
                List<String> known = objects.stream()
                        .filter(hashes::containsKey)
                        .map(hashes::get)
                        .toList();
                if (input.piece().isPresent()) {
                    known.forEach(hash -> contents.put(input.whole().outputObject(), UNKNOWN));
                } else if (known.size() == objects.size()) {
                    contents.put(input.outputObject(), input.file().contentHash(known));
                } else if (!known.isEmpty()) {
                    // The others were uploaded earlier, perhaps from another content than they have now.
                    contents.put(input.outputObject(), UNKNOWN);
                }
            }
        }
        return contents;
    }
}
