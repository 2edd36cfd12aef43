package io.twinbatch.azure.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.api.task.TaskFile;
import io.twinbatch.azure.stub.Answer;
import io.twinbatch.azure.stub.StubBatchService;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes and their files; their pools are {@link BatchComputePoolTest}'s. */
class BatchNodesTest {
    private static final PoolId ID = new PoolId("p");
    private static final NodeId NODE = new NodeId("tvmps_1_d");

    private final StubBatchService service = new StubBatchService();
    private final BatchComputePool pools = new BatchComputePool(service.client());

    @AfterEach
    void stop() {
        service.close();
    }

    private static ErrorCode codeOf(Runnable call) {
        return catchThrowableOfType(BatchException.class, call::run).code();
    }

    @ParameterizedTest
    @CsvSource({
        "creating, STARTING",
        "starting, STARTING",
        "rebooting, STARTING",
        "reimaging, STARTING",
        "upgradingos, STARTING",
        "waitingforstarttask, WAITING_FOR_START_TASK",
        "starttaskfailed, START_TASK_FAILED",
        "idle, IDLE",
        "Running, RUNNING",
        "offline, OFFLINE",
        "deallocating, OFFLINE",
        "deallocated, OFFLINE",
        "leavingpool, LEAVING",
        "preempted, PREEMPTED",
        "unusable, UNUSABLE",
        "unknown, UNKNOWN",
        "inventednextyear, UNKNOWN"
    })
    void eachStateOfANodeHasItsName(String state, NodeState expected) {
        assertThat(NodeMapping.state(state)).isEqualTo(expected);
    }

    @Test
    void nodesTellHowTheirStartTaskWentAndWhatIsWrongWithThem() {
        service.on("GET /pools/p/nodes", Answer.json(200, """
                {'value':[{'id':'a','state':'starttaskfailed','stateTransitionTime':'2026-11-22T10:00:00Z',\
                'isDedicated':true,'startTaskInfo':{'state':'completed','startTime':'2026-11-22T09:58:00Z','endTime':\
                '2026-11-22T09:59:00Z','exitCode':3,'failureInfo':{'category':'usererror','code':'FailureExitCode',\
                'message':'It failed.'},'retryCount':1,'result':'failure'}},\
                {'id':'b','state':'unusable','isDedicated':false,'errors':[{'code':'DiskFull','message':'The disk is full.',\
                'errorDetails':[{'name':'Disk','value':'/'}]}]},\
                {'id':'c','state':'running','schedulingState':'disabled','runningTasksCount':2,'startTaskInfo':\
                {'state':'running','startTime':'2026-11-22T09:58:00Z','retryCount':0}}]}"""));
        List<Node> nodes = pools.nodes(ID);

        Node failed = nodes.get(0);
        assertThat(failed.state()).isEqualTo(NodeState.START_TASK_FAILED);
        assertThat(failed.stateSince()).isEqualTo(Instant.parse("2026-11-22T10:00:00Z"));
        assertThat(failed.startTask().orElseThrow().exitCode()).hasValue(3);
        assertThat(failed.startTask().orElseThrow().retries()).isEqualTo(1);
        assertThat(failed.startTask().orElseThrow().failure())
                .contains(FailureInfo.of("FailureExitCode", "It failed."));
        Node unusable = nodes.get(1);
        assertThat(unusable.dedicated()).isFalse();
        assertThat(unusable.startTask()).isEmpty();
        assertThat(unusable.errors())
                .containsExactly(new FailureInfo("DiskFull", "The disk is full.", Map.of("Disk", "/")));
        Node draining = nodes.get(2);
        assertThat(draining.state()).isEqualTo(NodeState.OFFLINE);
        assertThat(draining.runningTasks()).isEqualTo(2);
        assertThat(draining.startTask().orElseThrow().ended()).isEmpty();
        assertThat(service.asked().get(0).query()).containsEntry("$select", NodeMapping.PROPERTIES);
    }

    @Test
    void theNodesOfAPoolThatIsNotThereAreNotFound() {
        service.on("GET /pools/p/nodes", Answer.error(404, "PoolNotFound", "No."));
        assertThat(codeOf(() -> pools.nodes(ID))).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void theFilesBelowAFolderOfANodeAreListed() {
        service.on("GET /pools/p/nodes/tvmps_1_d/files", Answer.json(200, """
                {'value':[{'name':'startup','isDirectory':true},{'name':'startup/wd','isDirectory':true},\
                {'name':'startup/wd/empty','isDirectory':true},{'name':'startup-other','isDirectory':false},\
                {'name':'startup/stdout.txt','isDirectory':false,'properties':{'lastModified':'2026-11-22T10:02:00Z',\
                'contentLength':'6'}},{'name':'startup/wd/f','isDirectory':false,'properties':{'lastModified':\
                '2026-11-22T10:01:00Z','contentLength':'7'}}]}"""));
        assertThat(pools.files(ID, NODE, "startup"))
                .containsExactly(
                        new TaskFile("wd", true, 0, Instant.parse("2026-11-22T10:01:00Z")),
                        new TaskFile("wd/empty", true, 0, Instant.parse("2026-11-22T10:02:00Z")),
                        new TaskFile("stdout.txt", false, 6, Instant.parse("2026-11-22T10:02:00Z")),
                        new TaskFile("wd/f", false, 7, Instant.parse("2026-11-22T10:01:00Z")));
        assertThat(service.asked().get(0).query())
                .containsEntry("$filter", "startswith(name,'startup')")
                .containsEntry("recursive", "true");
    }

    @Test
    void aFileIsReadFromAPositionToItsEnd() throws Exception {
        String file = "/pools/p/nodes/tvmps_1_d/files/startup%2Fstdout.txt";
        service.on("GET " + file, Answer.text(200, "6789"))
                .on("HEAD " + file, Answer.empty(200).with("Content-Length", "10"));
        try (InputStream rest = pools.readFile(ID, NODE, "startup/stdout.txt", 6)) {
            assertThat(new String(rest.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("6789");
        }
        assertThat(service.asked("GET " + file).get(0).headers()).containsEntry("ocp-range", "bytes=6-9");
        for (long beyond : new long[] {10, 1L << 40}) {
            try (InputStream rest = pools.readFile(ID, NODE, "startup/stdout.txt", beyond)) {
                assertThat(rest.readAllBytes()).isEmpty();
            }
        }
        assertThat(service.asked("GET " + file)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../x", "/etc/passwd", "a//b", "a/./b", ""})
    void aPathThatLeavesTheFolderIsRefusedBeforeTheServiceIsAsked(String path) {
        assertThat(codeOf(() -> pools.readFile(ID, NODE, path, 0))).isEqualTo(ErrorCode.INVALID);
        assertThat(codeOf(() -> pools.readFile(ID, NODE, "x", -1))).isEqualTo(ErrorCode.INVALID);
        assertThat(service.asked()).isEmpty();
    }

    @Test
    void aFileOfANodeThatCannotBeAskedIsAConflict() {
        service.on("GET /pools/p/nodes/tvmps_1_d/files/f", Answer.error(409, "NodeStateUnusable", "No."));
        assertThat(codeOf(() -> pools.readFile(ID, NODE, "f", 0))).isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void aFolderIsNoFileToBeRead() {
        service.on("GET /pools/p/nodes/tvmps_1_d/files/startup", Answer.error(400, "OperationNotValidOnNode", "No."))
                .on(
                        "HEAD /pools/p/nodes/tvmps_1_d/files/startup",
                        Answer.empty(200).with("ocp-batch-file-isdirectory", "True"));
        assertThat(codeOf(() -> pools.readFile(ID, NODE, "startup", 0))).isEqualTo(ErrorCode.NOT_FOUND);
    }
}
