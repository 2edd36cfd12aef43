package io.twinbatch.app.run;

import io.twinbatch.api.pool.StartTask;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.task.CommandLine;
import io.twinbatch.api.workflow.model.Fingerprint;
import io.twinbatch.api.workflow.model.JavaRuntime;
import io.twinbatch.api.workflow.model.PieceJoin;
import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.Sha256;
import io.twinbatch.api.workflow.model.TaskCommand;
import io.twinbatch.api.workflow.model.TaskInputs;
import io.twinbatch.api.workflow.model.TaskProgram;
import io.twinbatch.api.workflow.model.TotalInputs;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Runs the jar of node-task on the nodes. Its command lines hold plain ASCII only: names travel percent-encoded, long
 * lists of inputs in a file, and the signed URL of the output container in the environment.
 *
 * @param jar the jar of node-task on this machine
 * @param numWords how many words a result has at most
 * @param java how the nodes come by Java
 */
public record TopWordsProgram(Path jar, int numWords, JavaRuntime java) implements TaskProgram {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9%._~/-]+");
    private static final String JAR = "node-task.jar";
    private static final String LIST = "inputs.list";
    private static final String TOTAL = "TOTAL_OUTPUT.txt";

    /** Where Java cannot start, it would say so on standard output, where nobody reads it. */
    private static final String JAVA_COMMAND =
            JavaRuntime.CHOICE + " exec \"$java\" -XX:-UsePerfData -XX:+DisplayVMOutputToStderr -Xshare:auto";

    private static final String JAR_OPTION = " -jar \"$AZ_BATCH_JOB_PREP_WORKING_DIR/" + JAR + "\"";

    /** On less text than this, the better of Java's two compilers costs more than it saves; measured for node-task. */
    private static final long LITTLE_TEXT_BYTES = 32L << 20;

    private static final String QUICK_COMPILER = " -XX:TieredStopAtLevel=1";

    public TopWordsProgram {
        Objects.requireNonNull(jar, "jar");
        Objects.requireNonNull(java, "java");
    }

    @Override
    public String taskIdPrefix() {
        return "topNtask";
    }

    @Override
    public Map<String, Path> applicationFiles() {
        Map<String, Path> files = new HashMap<>(java.applicationFiles());
        files.put(JAR, jar);
        return files;
    }

    @Override
    public Map<String, String> applicationTexts() {
        return java.applicationTexts();
    }

    @Override
    public Optional<String> preparationScript() {
        return java.preparationScript();
    }

    @Override
    public Optional<StartTask> startTask() {
        return java.startTask();
    }

    /** The program's own bytes, since two builds of one version may differ. */
    @Override
    public Optional<Fingerprint> fingerprint() {
        try {
            return Optional.of(new Fingerprint(new Sha256().add(jar).hex(), Integer.toString(numWords)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public TaskCommand command(TaskInputs work) {
        StringBuilder options = new StringBuilder();
        Map<String, String> files = Map.of();
        if (work.inputs().size() == 1) {
            PlannedInput input = work.inputs().get(0);
            options.append(option("filepath", input.nodePath()))
                    .append(option("output-name", encode(input.outputObject())));
        } else {
            files = Map.of(LIST, list(work));
            options.append(option("filelist", LIST));
        }
        work.countsObject().ifPresent(counts -> options.append(option("counts", encode(counts))));
        long bytes =
                work.inputs().stream().mapToLong(input -> input.file().size()).sum();
        String compiler = bytes < LITTLE_TEXT_BYTES ? QUICK_COMPILER : "";
        return command(compiler, options.toString(), work.manifestObject(), work.outputContainer(), files);
    }

    @Override
    public Map<String, String> outputEnvironment(SignedUrl outputContainer) {
        String headers = outputContainer.headers().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(header -> header.getKey() + ": " + header.getValue())
                .collect(Collectors.joining("\n"));
        return Map.of("TWINBATCH_OUTPUT_URL", outputContainer.url().toString(), "TWINBATCH_OUTPUT_HEADERS", headers);
    }

    @Override
    public Optional<PieceJoin> pieces() {
        return Optional.of(new CountsMerge(jar, numWords));
    }

    @Override
    public Optional<TotalProgram> total() {
        return Optional.of(new TotalProgram() {
            @Override
            public String outputFileName() {
                return TOTAL;
            }

            @Override
            public TaskCommand command(TotalInputs work) {
                return totalCommand(work);
            }
        });
    }

    private TaskCommand totalCommand(TotalInputs work) {
        String list = work.countsPaths().stream().map(path -> path + "\n").collect(Collectors.joining());
        String options = " --merge" + option("filelist", LIST) + option("output-name", encode(work.outputObject()));
        return command("", options, work.manifestObject(), work.outputContainer(), Map.of(LIST, list));
    }

    private TaskCommand command(
            String compiler, String options, String manifest, ContainerName container, Map<String, String> files) {
        String script = JAVA_COMMAND
                + compiler
                + JAR_OPTION
                + options
                + option("numwords", Integer.toString(numWords))
                + option("manifest", encode(manifest))
                + option("storagecontainer", container.value());
        return new TaskCommand(CommandLine.shell(script), java.environment(), files);
    }

    private static String list(TaskInputs work) {
        return work.inputs().stream()
                .map(input -> input.nodePath() + "\t" + encode(input.outputObject()) + "\n")
                .collect(Collectors.joining());
    }

    /** Every value is plain: a path that the workflow chose, a number, the name of a container, or encoded. */
    private static String option(String name, String value) {
        if (!PLAIN.matcher(value).matches()) {
            throw new IllegalArgumentException("--" + name + " cannot be written on a command line: " + value);
        }
        return " --" + name + " " + value;
    }

    /** Percent-encoded UTF-8; a slash stays a slash. */
    private static String encode(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%2F", "/");
    }
}
