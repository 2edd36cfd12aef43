package io.twinbatch.task.cli;

import io.twinbatch.task.FileReason;
import io.twinbatch.task.NodeIds;
import io.twinbatch.task.PlainText;
import io.twinbatch.task.TaskException;
import io.twinbatch.task.TaskExitCode;
import io.twinbatch.task.count.CountsFile;
import io.twinbatch.task.count.ResultFile;
import io.twinbatch.task.count.WordCounter;
import io.twinbatch.task.count.WordTable;
import io.twinbatch.task.upload.OutputTarget;
import io.twinbatch.task.upload.Outputs;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;

/**
 * The work on checked arguments: each input counted and its result published, then all counts, then the manifest. An
 * input that cannot be read does not keep the others from being counted, but what stands for all of them is left out.
 */
final class CountingTask {
    private final Arguments arguments;
    private final OutputTargets targets;
    private final Outputs outputs;
    private final NodeIds ids;
    private final PrintStream out;
    private final PrintStream err;

    CountingTask(
            Arguments arguments,
            OutputTargets targets,
            Outputs outputs,
            NodeIds ids,
            PrintStream out,
            PrintStream err) {
        this.arguments = arguments;
        this.targets = targets;
        this.outputs = outputs;
        this.ids = ids;
        this.out = out;
        this.err = err;
    }

    TaskExitCode run() throws TaskException {
        WordTable all = arguments.isMerge() ? merge() : countEach();
        if (all == null) {
            return TaskExitCode.CANNOT_READ;
        }
        if (targets.counts() != null) {
            outputs.publish(targets.counts(), new CountsFile(all));
        }
        if (targets.manifest() != null) {
            outputs.publishManifest(targets.manifest());
        }
        return TaskExitCode.DONE;
    }

    /** Counts each input on its own; returns the words of all of them if they are wanted, null if one is missing. */
    private WordTable countEach() throws TaskException {
        List<Input> inputs = arguments.inputs();
        WordTable words = new WordTable();
        // One input's words are all words: no need to have them twice.
        boolean several = inputs.size() > 1 && targets.counts() != null;
        WordTable all = several ? new WordTable() : words;
        WordCounter counter = new WordCounter(words);
        boolean complete = true;
        for (int index = 0; index < inputs.size(); index++) {
            words.clear();
            Input input = inputs.get(index);
            if (!read(input, counter, words)) {
                complete = false;
                continue;
            }
            publishResult(targets.result(index), words);
            report(input, words.total(), words.size(), targets.result(index));
            if (several) {
                all.addAll(words);
            }
        }
        return complete ? all : null;
    }

    /** Adds up counts files; returns all their words, or null if one of the files is missing. */
    private WordTable merge() throws TaskException {
        WordTable all = new WordTable();
        boolean complete = true;
        for (Input input : arguments.inputs()) {
            long before = all.total();
            int distinctBefore = all.size();
            if (!read(input, null, all)) {
                complete = false;
                continue;
            }
            report(input, all.total() - before, all.size() - distinctBefore, targets.result(0));
        }
        if (!complete) {
            return null;
        }
        publishResult(targets.result(0), all);
        return all;
    }

    private boolean read(Input input, WordCounter counter, WordTable words) {
        try (InputStream in = new FileInputStream(input.file())) {
            if (counter == null) {
                CountsFile.read(in, words);
            } else {
                counter.count(in);
            }
            return true;
        } catch (IOException e) {
            err.println("cannot read '" + PlainText.text(input.file().getPath()) + "': " + FileReason.of(e)
                    + hint(input.file().getPath()));
            return false;
        }
    }

    /** Java finds files with such names only under a locale that has the characters, and does not say so. */
    private static String hint(String path) {
        boolean ascii = true;
        for (int at = 0; at < path.length(); at++) {
            ascii &= path.charAt(at) < 0x80;
        }
        if (ascii || "UTF-8".equals(System.getProperty("sun.jnu.encoding"))) {
            return "";
        }
        return " (its path is not ASCII, and the locale is not UTF-8: set LC_ALL=C.UTF-8 for the task)";
    }

    private void publishResult(OutputTarget target, WordTable words) throws TaskException {
        outputs.publish(target, new ResultFile(words, arguments.wordLimit(), ids));
    }

    private void report(Input input, long counted, int distinct, OutputTarget result) {
        out.println(PlainText.text(input.file().getPath()) + ": " + counted + " words, " + distinct
                + " distinct, result " + PlainText.text(result.name()));
    }
}
