package io.twinbatch.task.cli;

import io.twinbatch.task.PlainText;
import io.twinbatch.task.TaskException;
import io.twinbatch.task.upload.OutputTarget;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All outputs of the task, decided on before any work starts. What is uploaded is written below the working folder,
 * under names of the program's own, since an object's name may be none for a file; otherwise an output lies beside its
 * input and is named as asked.
 */
final class OutputTargets {
    private final File uploadFolder;
    private final Set<String> inputPaths = new HashSet<>();
    private final Set<String> taken = new HashSet<>();
    private final List<OutputTarget> results = new ArrayList<>();
    private OutputTarget counts;
    private OutputTarget manifest;

    private OutputTargets(File uploadFolder) {
        this.uploadFolder = uploadFolder;
    }

    /**
     * Plans the outputs.
     *
     * @param uploadFolder where what is uploaded is written first; null when nothing is uploaded
     * @throws TaskException if two outputs would be one, or an output would overwrite an input
     */
    static OutputTargets plan(Arguments arguments, File uploadFolder) throws TaskException {
        OutputTargets targets = new OutputTargets(uploadFolder);
        List<Input> inputs = arguments.inputs();
        for (Input input : inputs) {
            targets.inputPaths.add(canonical(input.file()));
        }
        File first = inputs.get(0).file();
        if (arguments.isMerge()) {
            targets.results.add(targets.target(arguments.mergedName(), first, "result.txt"));
        } else {
            for (int index = 0; index < inputs.size(); index++) {
                Input input = inputs.get(index);
                String local = "result-" + (index + 1) + ".txt";
                targets.results.add(targets.target(input.resultName(), input.file(), local));
            }
        }
        if (arguments.countsName() != null) {
            targets.counts = targets.target(arguments.countsName(), first, "counts.txt");
        }
        if (arguments.manifestName() != null) {
            targets.manifest = targets.target(arguments.manifestName(), first, "manifest.txt");
        }
        return targets;
    }

    /** The result of the input at this index; a merge has one, at 0. */
    OutputTarget result(int index) {
        return results.get(index);
    }

    /** Where all counts go, or null. */
    OutputTarget counts() {
        return counts;
    }

    /** Where the manifest goes, or null. */
    OutputTarget manifest() {
        return manifest;
    }

    private OutputTarget target(String name, File input, String localName) throws TaskException {
        boolean upload = uploadFolder != null;
        File file = upload ? new File(uploadFolder, localName) : new File(input.getParentFile(), name);
        String path = canonical(file);
        if (!taken.add(upload ? name : path)) {
            throw TaskException.usage("two outputs would have the same name '" + PlainText.text(name) + "'");
        }
        if (inputPaths.contains(path)) {
            throw TaskException.usage("the output '" + PlainText.text(name) + "' would overwrite an input");
        }
        return new OutputTarget(name, file);
    }

    private static String canonical(File file) {
        try {
            return file.getCanonicalPath();
        } catch (IOException e) {
            // It cannot be resolved, so it cannot be opened either: the error comes, with its reason, when it is.
            return file.getAbsolutePath();
        }
    }
}
