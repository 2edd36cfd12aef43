package io.twinbatch.it.memory;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.task.CommandLine;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.api.task.OutputFile;
import io.twinbatch.api.task.ResourceFile;
import io.twinbatch.api.task.TaskFile;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A command that is run once in a folder of a node: its files are fetched, its process is run, its outputs are uploaded. */
final class NodeRun {
    /** Marks the processes of a run, whatever session they have moved to. */
    private static final String MARK = "MEMORY_RUN";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** What is to be run. */
    record Order(
            String commandLine,
            List<ResourceFile> resourceFiles,
            List<OutputFile> outputFiles,
            Map<String, String> environment,
            Optional<Duration> limit) {}

    /** How it ended. */
    record End(TaskStatus status, OptionalInt exitCode) {}

    private final Path folder;
    private final Order order;
    private final String mark = UUID.randomUUID().toString();
    private boolean ended;

    NodeRun(Path folder, Order order) {
        this.folder = folder;
        this.order = order;
    }

    private static final class TransferFailed extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient FailureInfo failure;

        TransferFailed(String code, String file) {
            super(code);
            failure = FailureInfo.of(code, "the transfer of " + file + " failed");
        }
    }

    private Path workingFolder() {
        return folder.resolve("wd");
    }

    /** Runs it on this thread. What a run that is killed returns is of no interest. */
    End run() throws IOException, InterruptedException {
        FolderReader.delete(folder);
        Files.createDirectories(workingFolder());
        Process process;
        try {
            for (ResourceFile file : order.resourceFiles()) {
                fetch(file);
            }
            process = start();
        } catch (TransferFailed e) {
            return new End(new TaskStatus.CouldNotStart(e.failure), OptionalInt.empty());
        } catch (IOException | BatchException e) {
            FailureInfo failure = FailureInfo.of("CommandProgramNotFound", String.valueOf(e.getMessage()));
            return new End(new TaskStatus.CouldNotStart(failure), OptionalInt.empty());
        }
        boolean inTime =
                order.limit().isEmpty() || process.waitFor(order.limit().get().toMillis(), TimeUnit.MILLISECONDS);
        if (!inTime) {
            kill();
            FailureInfo failure = FailureInfo.of("TaskEnded", "its time was up");
            return new End(new TaskStatus.Stopped(failure), OptionalInt.empty());
        }
        int exitCode = process.waitFor();
        killProcesses();
        try {
            upload(exitCode);
        } catch (TransferFailed e) {
            return new End(new TaskStatus.UploadFailed(exitCode, e.failure), OptionalInt.of(exitCode));
        }
        TaskStatus status = exitCode == 0 ? new TaskStatus.Succeeded() : new TaskStatus.Failed(exitCode);
        return new End(status, OptionalInt.of(exitCode));
    }

    private synchronized Process start() throws IOException {
        if (ended) {
            throw new IOException("it was ended before it started");
        }
        ProcessBuilder builder = new ProcessBuilder(CommandLine.split(order.commandLine()))
                .directory(workingFolder().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(folder.resolve(TaskFile.STDOUT).toFile())
                .redirectError(folder.resolve(TaskFile.STDERR).toFile());
        builder.environment().clear();
        builder.environment().putAll(order.environment());
        builder.environment().put(MARK, mark);
        return builder.start();
    }

    /** Ends it with all its processes. */
    synchronized void kill() {
        ended = true;
        killProcesses();
    }

    private void killProcesses() {
        // A process may start another one while it is being killed.
        List<ProcessHandle> found = processes();
        while (!found.isEmpty()) {
            found.forEach(ProcessHandle::destroyForcibly);
            found = processes();
        }
    }

    private List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses().filter(this::isMarked).toList();
    }

    private boolean isMarked(ProcessHandle process) {
        try {
            return Files.readString(
                            Path.of("/proc", Long.toString(process.pid()), "environ"), StandardCharsets.ISO_8859_1)
                    .contains(MARK + "=" + mark);
        } catch (IOException e) {
            return false;
        }
    }

    private void fetch(ResourceFile file) throws TransferFailed, IOException, InterruptedException {
        Path target = workingFolder().resolve(file.path());
        Files.createDirectories(target.getParent());
        HttpRequest request = HttpRequest.newBuilder(file.source().url()).build();
        int status =
                CLIENT.send(request, HttpResponse.BodyHandlers.ofFile(target)).statusCode();
        if (status != 200) {
            throw new TransferFailed(status == 404 ? "BlobNotFound" : "BlobAccessDenied", file.path());
        }
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxrwx---"));
    }

    private void upload(int exitCode) throws TransferFailed, IOException, InterruptedException {
        for (OutputFile output : order.outputFiles()) {
            boolean wanted = switch (output.condition()) {
                case SUCCESS -> exitCode == 0;
                case FAILURE -> exitCode != 0;
                case COMPLETION -> true;
            };
            if (wanted) {
                upload(output);
            }
        }
    }

    private void upload(OutputFile output) throws TransferFailed, IOException, InterruptedException {
        Pattern wildcard = Pattern.compile("[*?]");
        String pattern = output.pattern();
        boolean many = wildcard.matcher(pattern).find();
        String fixed = many ? pattern.split("[*?]", 2)[0] : pattern;
        Path top = workingFolder()
                .resolve(fixed.substring(0, fixed.lastIndexOf('/') + 1))
                .normalize();
        Pattern matching = regex(pattern.substring(fixed.lastIndexOf('/') + 1));
        if (!Files.isDirectory(top)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> found = Files.walk(top)) {
            files = found.filter(this::isOwn)
                    .filter(file ->
                            matching.matcher(top.relativize(file).toString()).matches())
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            String path = output.path();
            boolean folder = many || path.isEmpty();
            String separator = path.isEmpty() || path.endsWith("/") ? "" : "/";
            put(file, output, folder ? path + separator + top.relativize(file) : path);
        }
    }

    private boolean isOwn(Path file) {
        try {
            return Files.isRegularFile(file) && file.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    private static Pattern regex(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            if (glob.startsWith("**/", i)) {
                regex.append("(?:.*/)?");
                i += 2;
            } else {
                char c = glob.charAt(i);
                regex.append(c == '*' ? "[^/]*" : c == '?' ? "[^/]" : Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString());
    }

    private static void put(Path file, OutputFile output, String name)
            throws TransferFailed, IOException, InterruptedException {
        URI target = output.container().ofObject(name);
        HttpRequest.Builder request = HttpRequest.newBuilder(target).PUT(HttpRequest.BodyPublishers.ofFile(file));
        output.container().headers().forEach(request::header);
        int status = CLIENT.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
        if (status != 201) {
            throw new TransferFailed(status == 404 ? "FileUploadContainerNotFound" : "FileUploadAccessDenied", name);
        }
    }
}
