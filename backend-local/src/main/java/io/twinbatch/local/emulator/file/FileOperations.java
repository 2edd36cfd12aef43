package io.twinbatch.local.emulator.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.api.task.TaskFile;
import io.twinbatch.local.disk.FolderTree;
import io.twinbatch.local.emulator.http.Reply;
import io.twinbatch.local.emulator.http.ServiceFault;
import io.twinbatch.local.emulator.http.UrlText;
import io.twinbatch.local.emulator.operation.Call;
import io.twinbatch.local.emulator.operation.Conditions;
import io.twinbatch.local.emulator.operation.Listing;
import io.twinbatch.local.emulator.operation.Renderer;
import io.twinbatch.local.emulator.operation.ResourceUrls;
import io.twinbatch.local.emulator.operation.Routes;
import io.twinbatch.local.emulator.operation.ServiceFaults;
import io.twinbatch.local.emulator.operation.WireTimes;
import io.twinbatch.local.engine.Engine;
import io.twinbatch.local.engine.view.NodeFiles;
import io.twinbatch.local.node.NodeFolder;
import io.twinbatch.local.record.JobRecord;
import io.twinbatch.local.record.NodeRecord;
import io.twinbatch.local.record.PoolRecord;
import io.twinbatch.local.record.TaskRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The operations on files of tasks and nodes. */
public final class FileOperations {
    private static final Listing LISTING =
            new Listing("files", Set.of("name", "url", "isDirectory", "properties"), Set.of("name"));

    private final Engine engine;

    public FileOperations(Engine engine) {
        this.engine = engine;
    }

    public void register(Routes routes) {
        register(routes, "/jobs/{}/tasks/{}", this::ofTask);
        register(routes, "/pools/{}/nodes/{}", this::ofNode);
    }

    private static void register(Routes routes, String owner, Function<Call, Root> root) {
        routes.on("GET", owner + "/files", call -> list(call, root.apply(call)))
                .on("GET", owner + "/files/{rest}", call -> get(call, root.apply(call)))
                .on("HEAD", owner + "/files/{rest}", call -> head(call, root.apply(call)))
                .on("DELETE", owner + "/files/{rest}", call -> delete(call, root.apply(call)));
    }

    /**
     * A folder whose files clients see.
     *
     * @param folder the folder
     * @param url the URL of what it belongs to
     */
    private record Root(Path folder, String url) {
        String url(String path) {
            return url + "/files/" + UrlText.encode(path);
        }
    }

    private Root ofTask(Call call) {
        JobRecord job = engine.view().job(call.job()).orElseThrow(() -> Call.notFound("Job"));
        TaskRecord task = engine.view().task(call.task()).orElseThrow(() -> Call.notFound("Task"));
        if (task.node().isEmpty()) {
            throw new ServiceFault(409, "TaskFilesUnavailable", "The specified task has not been on a node yet.");
        }
        Path folder = engine.nodeFolder(task.pool().orElseThrow(), task.node().orElseThrow())
                .task(job.spec().id().value(), task.spec().id());
        if (!Files.isDirectory(folder)) {
            throw task.ended().isEmpty()
                    ? new ServiceFault(409, "TaskFilesUnavailable", "The specified task has no files yet.")
                    : new ServiceFault(409, "TaskFilesCleanedup", "The files of the specified task are gone.");
        }
        return new Root(folder, ResourceUrls.task(call.base(), task.key()));
    }

    private Root ofNode(Call call) {
        PoolRecord pool = engine.view().poolRecord(call.pool()).orElseThrow(() -> Call.notFound("Pool"));
        NodeRecord node = engine.view().nodeRecords(pool.spec().id()).stream()
                .filter(member -> member.id().equals(call.node()))
                .findFirst()
                .orElseThrow(() -> Call.notFound("Node"));
        return new Root(
                engine.nodeFolder(node.pool(), node.id()).root(),
                ResourceUrls.node(call.base(), node.pool(), node.id()));
    }

    private static Reply list(Call call, Root root) {
        boolean recursive = isRecursive(call);
        TreeMap<String, TaskFile> files = new TreeMap<>();
        try {
            NodeFiles.list("files", root.folder(), "", recursive).forEach(file -> files.put(file.path(), file));
        } catch (BatchException e) {
            throw fileFault(e, "");
        }
        return LISTING.page(
                call,
                after -> files.tailMap(after, false),
                Listing.Expansion.NONE,
                (file, stats) -> render(root, file));
    }

    private static boolean isRecursive(Call call) {
        String text = call.request().parameter("recursive").orElse("false");
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw ServiceFault.invalidQuery("recursive", text, "It is neither true nor false.");
        }
        return text.equalsIgnoreCase("true");
    }

    private static ObjectNode render(Root root, TaskFile file) {
        ObjectNode document = Renderer.object()
                .put("name", file.path())
                .put("url", root.url(file.path()))
                .put("isDirectory", file.folder());
        if (!file.folder()) {
            document.putObject("properties")
                    .put("lastModified", WireTimes.text(file.lastModified()))
                    .put("contentLength", Long.toString(file.size()))
                    .put("contentType", contentType(file.path()))
                    .put("fileMode", mode(root.folder().resolve(file.path())));
        }
        return document;
    }

    private static String contentType(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        boolean text = name.indexOf('.') < 0 || name.matches("(?i).*\\.(txt|log|out|err|csv|md)");
        return text ? "text/plain" : "application/octet-stream";
    }

    private static String mode(Path file) {
        try {
            return "0o" + Integer.toOctalString((int) Files.getAttribute(file, "unix:mode"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return "0o100644";
        }
    }

    private static ServiceFault fileFault(BatchException refusal, String path) {
        if (refusal.code() == ErrorCode.NOT_FOUND) {
            return new ServiceFault(404, "FileNotFound", "The specified file does not exist.");
        }
        if (refusal.code() == ErrorCode.INVALID) {
            return new ServiceFault(
                    400, "InvalidUri", "The path of the file is not legal.", Map.of("Path", QuotedValue.of(path)));
        }
        return ServiceFaults.of(refusal, "File");
    }

    private static Path file(Call call, Root root) {
        String path = call.names().get(2);
        try {
            return NodeFolder.resolveInside("file", root.folder(), path);
        } catch (BatchException e) {
            throw fileFault(e, path);
        }
    }

    private static Reply get(Call call, Root root) {
        Path file = file(call, root);
        Attributes attributes = Attributes.of(file);
        if (attributes.folder()) {
            throw new ServiceFault(
                    400, "OperationNotValidOnNode", "The specified path is a directory, which cannot be read.");
        }
        if (!Files.isRegularFile(file)) {
            // Opening a pipe blocks until a program writes to it.
            throw new ServiceFault(
                    400, "OperationNotValidOnNode", "The specified path is no regular file, and cannot be read.");
        }
        ByteRange range = call.request()
                .header("ocp-range")
                .map(text -> ByteRange.of(text, attributes.size()))
                .orElse(new ByteRange(0, attributes.size()));
        if (isKnown(call, attributes)) {
            return Reply.empty(304, Map.of("Last-Modified", WireTimes.header(attributes.modified())));
        }
        return new Reply(
                200,
                headers(call, root, file, attributes),
                new Reply.Bytes(range.length(), () -> NodeFiles.open(file, range.start())));
    }

    private static Reply head(Call call, Root root) {
        Path file = file(call, root);
        Attributes attributes = Attributes.of(file);
        if (isKnown(call, attributes)) {
            return Reply.empty(304, Map.of("Last-Modified", WireTimes.header(attributes.modified())));
        }
        return new Reply(
                200,
                headers(call, root, file, attributes),
                new Reply.Bytes(attributes.folder() ? 0 : attributes.size(), () -> NodeFiles.open(file, 0)));
    }

    /** Only the conditions on times count for files. */
    private static boolean isKnown(Call call, Attributes attributes) {
        return Conditions.of(call.request()).isKnown(attributes.modified());
    }

    private static Map<String, String> headers(Call call, Root root, Path file, Attributes attributes) {
        String path = call.names().get(2);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Last-Modified", WireTimes.header(attributes.modified()));
        headers.put("ocp-batch-file-isdirectory", attributes.folder() ? "True" : "False");
        headers.put("ocp-batch-file-mode", mode(file));
        headers.put("ocp-batch-file-url", UrlText.encode(root.url(path)));
        headers.put("Content-Type", contentType(path));
        return headers;
    }

    private static Reply delete(Call call, Root root) {
        Path file = file(call, root);
        requireBelow(file, root, call.names().get(2));
        boolean recursive = isRecursive(call);
        if (Attributes.of(file).folder() && !recursive) {
            throw ServiceFault.invalidQuery("recursive", "false", "The path is a directory.");
        }
        try {
            FolderTree.delete(file);
        } catch (IOException e) {
            throw new ServiceFault(409, "OperationInvalidForCurrentState", "The file cannot be deleted now.");
        }
        return Reply.empty(200, Map.of());
    }

    /** A folder of the engine's own, such as a task's or a node's, is not a client's to take away. */
    private static void requireBelow(Path file, Root root, String path) {
        try {
            if (Files.isSameFile(file, root.folder())) {
                throw new ServiceFault(400, "InvalidUri", "The path of the file is not legal.", Map.of("Path", path));
            }
        } catch (IOException e) {
            throw new ServiceFault(404, "FileNotFound", "The specified file does not exist.");
        }
    }

    /**
     * What is known of a file.
     *
     * @param folder whether it is a folder
     * @param size its length
     * @param modified when it was changed last, to the second
     */
    private record Attributes(boolean folder, long size, Instant modified) {
        static Attributes of(Path file) {
            try {
                BasicFileAttributes read = Files.readAttributes(file, BasicFileAttributes.class);
                return new Attributes(
                        read.isDirectory(),
                        read.size(),
                        read.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.SECONDS));
            } catch (IOException e) {
                throw new ServiceFault(404, "FileNotFound", "The specified file does not exist.");
            }
        }
    }
}
