package io.twinbatch.api.command;

import io.twinbatch.api.task.CommandLine;
import io.twinbatch.api.workflow.model.TaskCommand;
import io.twinbatch.api.workflow.model.TaskOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The script that runs a command on a node: its settings, followed by {@code task.sh}, which is the same for all commands.
 *
 * @param name the name of the script on a node
 * @param command the command for a shell, without placeholders
 * @param results the patterns of results; none when standard output is the result
 * @param objects the beginning of the names of the objects that hold results
 */
record NodeScript(String name, String command, List<ResultPattern> results, String objects) {
    /** The file with the inputs of a task, which the script reads. */
    static final String INPUT_LIST = "twinbatch-inputs";

    /** The files with results, which the script writes. */
    static final String RESULTS = "r-*";

    /** The manifest of the results, which the script writes last. */
    static final String MANIFEST = "twinbatch-manifest";

    /** The content of the script. */
    String text() {
        return settings() + shared();
    }

    private String settings() {
        StringBuilder text = new StringBuilder();
        text.append("tb_command=").append(ShellWord.quoted(command)).append('\n');
        text.append("tb_keep=").append(results.isEmpty() ? "stdout" : "files").append('\n');
        text.append("tb_objects=").append(objects).append('\n');
        text.append("tb_require_all() {\n    :\n");
        for (ResultPattern result : results) {
            text.append("    tb_require ")
                    .append(ShellWord.quoted(result.text()))
                    .append(kindAndFiles(result));
        }
        text.append("}\ntb_take_all() {\n    :\n");
        results.forEach(result -> text.append("    tb_take").append(kindAndFiles(result)));
        return text.append("}\n").toString();
    }

    private static String kindAndFiles(ResultPattern result) {
        return (result.isExact() ? " exact " : " wildcard ") + result.shellWords() + "\n";
    }

    private static String shared() {
        try (InputStream in = NodeScript.class.getResourceAsStream("task.sh")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A task that runs the script, which the job's preparation task has brought to the node. */
    TaskCommand run(Map<String, String> environment, Map<String, String> files, List<TaskOutput> outputs) {
        String line = CommandLine.shell(". \"$AZ_BATCH_JOB_PREP_WORKING_DIR/" + name + "\"");
        return new TaskCommand(line, environment, files, outputs);
    }
}
