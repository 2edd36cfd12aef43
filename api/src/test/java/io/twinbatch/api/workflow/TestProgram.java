package io.twinbatch.api.workflow;

import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.StartTask;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.task.TaskContainer;
import io.twinbatch.api.workflow.model.Fingerprint;
import io.twinbatch.api.workflow.model.JavaRuntime;
import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.Sha256;
import io.twinbatch.api.workflow.model.TaskCommand;
import io.twinbatch.api.workflow.model.TaskInputs;
import io.twinbatch.api.workflow.model.TaskProgram;
import io.twinbatch.api.workflow.model.TotalInputs;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A program for tests, in both its parts: what the workflow asks, and what runs on the node, which stores the upper-case
 * text of each input as its output.
 */
public final class TestProgram implements TaskProgram {
    private static final String OUTPUTS = "OUTPUTS";
    private static final String MANIFEST = "MANIFEST";
    private static final String COUNTS = "COUNTS";
    private static final String URL = "OUTPUT_URL";

    private final Map<String, Path> files;
    private final MemoryObjectStore store;
    private final Map<String, Function<TaskSpec, TaskStatus>> instead = new HashMap<>();
    private final List<String> ran = new ArrayList<>();
    private Optional<Fingerprint> fingerprint = Optional.empty();
    private Optional<TaskContainer> container = Optional.empty();
    private Optional<String> preparationScript = Optional.empty();

    public TestProgram(MemoryObjectStore store, Map<String, Path> files) {
        this.store = store;
        this.files = files;
    }

    /** Another course for one task. */
    public void instead(String taskId, Function<TaskSpec, TaskStatus> course) {
        instead.put(taskId, course);
    }

    /** Makes its results recognisable. */
    void fingerprint(String text) {
        String[] parts = text.split(" ", 2);
        fingerprint = Optional.of(new Fingerprint(parts[0], parts[1]));
    }

    /** Has its tasks run in a container. */
    void container(TaskContainer value) {
        container = Optional.of(value);
    }

    /** Has the preparation task run a script. */
    public void preparationScript(String name) {
        preparationScript = Optional.of(name);
    }

    @Override
    public Optional<String> preparationScript() {
        return preparationScript;
    }

    @Override
    public Optional<TaskContainer> container() {
        return container;
    }

    /** The tasks that ran, in order. */
    synchronized List<String> ran() {
        return List.copyOf(ran);
    }

    @Override
    public Optional<Fingerprint> fingerprint() {
        return fingerprint;
    }

    @Override
    public String taskIdPrefix() {
        return "task";
    }

    @Override
    public Map<String, Path> applicationFiles() {
        return files;
    }

    @Override
    public Optional<StartTask> startTask() {
        return JavaRuntime.ofNodes().startTask();
    }

    @Override
    public TaskCommand command(TaskInputs work) {
        Map<String, String> environment = new HashMap<>();
        environment.put(
                OUTPUTS,
                encode(work.inputs().stream().map(PlannedInput::outputObject).toList()));
        environment.put(MANIFEST, work.manifestObject());
        work.countsObject().ifPresent(name -> environment.put(COUNTS, name));
        return new TaskCommand("upper --list list.txt", environment, Map.of("list.txt", work.taskId() + "\n"));
    }

    @Override
    public Map<String, String> outputEnvironment(SignedUrl outputContainer) {
        return Map.of(URL, outputContainer.url().toString());
    }

    @Override
    public Optional<TotalProgram> total() {
        return Optional.of(new TotalProgram() {
            @Override
            public String outputFileName() {
                return "TOTAL_OUTPUT.txt";
            }

            @Override
            public TaskCommand command(TotalInputs work) {
                return new TaskCommand(
                        "join " + String.join(" ", work.countsPaths()),
                        Map.of(OUTPUTS, encode(List.of(work.outputObject())), MANIFEST, work.manifestObject()),
                        Map.of());
            }
        });
    }

    private static String encode(List<String> names) {
        return names.stream()
                .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining(" "));
    }

    /** The node's part: runs a task. */
    synchronized TaskStatus run(TaskSpec task) {
        ran.add(task.id());
        return instead.getOrDefault(task.id(), this::succeed).apply(task);
    }

    /** Does what the task is meant to do. */
    TaskStatus succeed(TaskSpec task) {
        List<String> manifest = new ArrayList<>();
        String inputs = task.resourceFiles().stream()
                .map(file -> file.source().withoutSecret())
                .map(url -> url.substring(url.lastIndexOf('/') + 1))
                .collect(Collectors.joining(","));
        for (String name : task.environment().get(OUTPUTS).split(" ", -1)) {
            byte[] bytes = (task.id() + " made this of " + inputs).getBytes(StandardCharsets.UTF_8);
            put(task, URLDecoder.decode(name, StandardCharsets.UTF_8), bytes);
            manifest.add(
                    new Sha256().add(new String(bytes, StandardCharsets.UTF_8)).hex() + " " + bytes.length + " " + name
                            + "\n");
        }
        if (task.environment().containsKey(COUNTS)) {
            put(task, task.environment().get(COUNTS), new byte[] {1});
        }
        putManifest(task, "twinbatch-manifest 1 " + manifest.size() + "\n" + String.join("", manifest));
        return new TaskStatus.Succeeded();
    }

    void putManifest(TaskSpec task, String text) {
        put(task, task.environment().get(MANIFEST), text.getBytes(StandardCharsets.UTF_8));
    }

    /** Stores an object as the task would, through its URL. */
    void put(TaskSpec task, String name, byte[] bytes) {
        store.put(new ObjectKey(container(task), name), bytes);
    }

    static ContainerName container(TaskSpec task) {
        String url = task.environment().get(URL);
        return new ContainerName(url.substring("memory://store/".length(), url.indexOf('?')));
    }
}
