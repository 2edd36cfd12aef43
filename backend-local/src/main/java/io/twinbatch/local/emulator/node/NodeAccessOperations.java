package io.twinbatch.local.emulator.node;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.task.TaskFile;
import io.twinbatch.local.emulator.document.BodyFaults;
import io.twinbatch.local.emulator.http.Reply;
import io.twinbatch.local.emulator.http.ServiceFault;
import io.twinbatch.local.emulator.http.UrlText;
import io.twinbatch.local.emulator.operation.Call;
import io.twinbatch.local.emulator.operation.Renderer;
import io.twinbatch.local.emulator.operation.Replies;
import io.twinbatch.local.emulator.operation.ResourceUrls;
import io.twinbatch.local.emulator.operation.Routes;
import io.twinbatch.local.emulator.operation.ServiceFaults;
import io.twinbatch.local.emulator.pool.PoolDocuments;
import io.twinbatch.local.emulator.pool.UserAccounts;
import io.twinbatch.local.engine.Engine;
import io.twinbatch.local.engine.view.NodeLog;
import io.twinbatch.local.node.LogUpload;
import io.twinbatch.local.record.NodeAccess;
import io.twinbatch.local.record.NodeRecord;
import io.twinbatch.local.record.NodeUser;
import io.twinbatch.local.record.PoolRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The operations by which people get at a node: user accounts, remote login, logs. */
public final class NodeAccessOperations {
    private static final String USER = "NodeUser";
    private static final String LOG = "agent-debug.log";

    private final Engine engine;
    private final Clock clock;
    private final LogUpload upload;

    public NodeAccessOperations(Engine engine, Clock clock) {
        this.engine = engine;
        this.clock = clock;
        this.upload = new LogUpload(engine.storage(), clock);
    }

    public void register(Routes routes) {
        routes.on("POST", "/pools/{}/nodes/{}/users", this::addUser)
                .on("PUT", "/pools/{}/nodes/{}/users/{}", this::changeUser)
                .on("DELETE", "/pools/{}/nodes/{}/users/{}", this::removeUser)
                .on("GET", "/pools/{}/nodes/{}/remoteloginsettings", this::remoteLogin)
                .on("POST", "/pools/{}/nodes/{}/uploadbatchservicelogs", this::uploadLogs);
    }

    private boolean isWindows(NodeRecord node) {
        return engine.view()
                .poolRecord(node.pool())
                .filter(pool -> UserAccounts.isOfWindows(PoolDocuments.document(pool)))
                .isPresent();
    }

    private Reply addUser(Call call) {
        NodeRecord node = NodeOperations.record(engine, call);
        NodeUser user = NodeDocuments.user(call.request().body(), isWindows(node), clock.instant());
        ServiceFaults.guard(USER, () -> engine.orders().addNodeUser(node.pool(), node.id(), user));
        String url = ResourceUrls.node(call.base(), node.pool(), node.id()) + "/users/" + UrlText.encode(user.name());
        return Reply.empty(201, Map.of("DataServiceId", url, "Location", url));
    }

    private Reply changeUser(Call call) {
        NodeRecord node = NodeOperations.record(engine, call);
        Instant expires = NodeDocuments.changedExpiry(call.request().body(), isWindows(node), clock.instant());
        ServiceFaults.guard(
                USER,
                () -> engine.orders()
                        .changeNodeUser(node.pool(), node.id(), call.names().get(2), expires));
        return Replies.ordered(200, call);
    }

    private Reply removeUser(Call call) {
        NodeRecord node = NodeOperations.record(engine, call);
        ServiceFaults.guard(
                USER,
                () -> engine.orders()
                        .removeNodeUser(node.pool(), node.id(), call.names().get(2)));
        return Reply.empty(200, Map.of());
    }

    private Reply remoteLogin(Call call) {
        NodeRecord node = NodeOperations.record(engine, call);
        PoolRecord pool = engine.view().poolRecord(node.pool()).orElseThrow(() -> Call.notFound("Pool"));
        return Replies.element(
                call,
                "remoteloginsettings",
                Renderer.object()
                        .put("remoteLoginIPAddress", NodeAccess.ADDRESS)
                        .put("remoteLoginPort", NodeEndpoints.loginPort(PoolDocuments.document(pool), node)),
                Map.of());
    }

    private Reply uploadLogs(Call call) {
        NodeRecord node = NodeOperations.record(engine, call);
        NodeDocuments.LogOrder order = NodeDocuments.logs(call.request().body(), clock.instant());
        String folder = node.pool() + "/" + node.id() + "/" + UUID.randomUUID();
        int files = upload(node, order, folder);
        return Replies.element(
                call,
                "uploadbatchservicelogs",
                Renderer.object().put("virtualDirectoryName", folder).put("numberOfFilesUploaded", files),
                Map.of());
    }

    private int upload(NodeRecord node, NodeDocuments.LogOrder order, String folder) {
        try {
            Path log = Files.createTempFile("twinbatch-node-", ".log");
            try {
                Files.write(log, new NodeLog(engine.view()).lines(node, order.from(), order.to()));
                Map<String, Path> files = files(node, order, folder, log);
                upload.upload(order.container(), files);
                return files.size();
            } finally {
                Files.delete(log);
            }
        } catch (BatchException e) {
            if (e.code() == ErrorCode.FORBIDDEN) {
                throw BodyFaults.invalid("containerUrl", "", e.getMessage());
            }
            throw e;
        } catch (IOException e) {
            throw new ServiceFault(
                    503,
                    "ServerBusy",
                    "The log of node " + node.id() + " cannot be written: " + FailureReason.of(e) + ".");
        }
    }

    /** The log that the records make, and what the start task has written in that time. */
    private Map<String, Path> files(NodeRecord node, NodeDocuments.LogOrder order, String folder, Path log)
            throws IOException {
        Map<String, Path> files = new LinkedHashMap<>();
        files.put(folder + "/" + LOG, log);
        Path startup = engine.nodeFolder(node.pool(), node.id()).startup();
        for (String name : List.of(TaskFile.STDOUT, TaskFile.STDERR)) {
            Path file = startup.resolve(name);
            if (Files.isRegularFile(file)
                    && isIn(order, Files.getLastModifiedTime(file).toInstant())) {
                files.put(folder + "/startup/" + name, file);
            }
        }
        return files;
    }

    private static boolean isIn(NodeDocuments.LogOrder order, Instant time) {
        return !time.isBefore(order.from()) && !time.isAfter(order.to());
    }
}
