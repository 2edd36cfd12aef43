package io.twinbatch.local.emulator;

import static io.twinbatch.local.emulator.ServiceRig.pool;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.local.engine.EngineSettings;
import io.twinbatch.local.engine.JumpingClock;
import io.twinbatch.local.engine.model.Precondition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients see while transitions take ten minutes of a clock that the tests set. */
class TransitionsTest {
    private static final Duration TIME = Duration.ofMinutes(10);
    private static final Duration MARGIN = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    private final JumpingClock clock = new JumpingClock();
    private Duration passed = Duration.ZERO;
    private ServiceRig rig;

    @BeforeEach
    void open() {
        rig = new ServiceRig(folder, EngineSettings.DEFAULT.withTransitionTime(TIME), clock);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private void pass(Duration time) {
        passed = passed.plus(time).plus(MARGIN);
        clock.set(passed);
        // The engine looks at its clock with every order; without one, each second.
        assertThat(rig.engine().orders().deletePool(new PoolId("none"), Precondition.ANY))
                .isFalse();
    }

    private void passHalf() {
        pass(TIME.dividedBy(2));
    }

    /** A pool at rest whose nodes are idle. */
    private void readyPool(int nodes, String more) throws Exception {
        rig.post(201, "/pools", pool("p", "'targetDedicatedNodes':" + nodes + more));
        passHalf();
        awaitNodes("starting", 1);
        passHalf();
        awaitAllocation("steady");
        passHalf();
        awaitNodes("idle", nodes);
    }

    private void awaitNodes(String state, int count) throws Exception {
        rig.await("/pools/p/nodes", list -> count(list, state) == count);
    }

    private static long count(JsonNode nodes, String state) {
        return StreamSupport.stream(nodes.get("value").spliterator(), false)
                .filter(node -> node.get("state").textValue().equals(state))
                .count();
    }

    private void awaitAllocation(String state) throws Exception {
        rig.await("/pools/p", pool -> pool.get("allocationState").textValue().equals(state));
    }

    private String state(String url) {
        return rig.get(url).get("state").textValue();
    }

    private String node() {
        return "/pools/p/nodes/"
                + rig.get("/pools/p/nodes").get("value").get(0).get("id").textValue();
    }

    @Test
    void aNewPoolIsResizedWhileItsNodesAreCreatedAndStart() throws Exception {
        rig.post(201, "/pools", pool("p", "'targetDedicatedNodes':2,'targetLowPriorityNodes':1"));

        JsonNode pool = rig.get("/pools/p");
        assertThat(pool.get("allocationState").textValue()).isEqualTo("resizing");
        assertThat(pool.get("currentDedicatedNodes").intValue()).isEqualTo(1);
        assertThat(state(node())).isEqualTo("creating");
        assertThat(rig.get("/nodecounts").at("/value/0/dedicated/creating").intValue())
                .isEqualTo(1);
        rig.refused(409, "PoolBeingResized", "POST", "/pools/p/resize", "{'targetDedicatedNodes':1}");
        rig.refused(409, "NodeBeingCreated", "POST", node() + "/reboot", "");

        passHalf();
        awaitNodes("creating", 2);
        awaitNodes("starting", 1);
        assertThat(rig.get("/pools/p").get("allocationState").textValue()).isEqualTo("resizing");
        rig.refused(409, "NodeBeingStarted", "POST", node() + "/reboot", "");

        passHalf();
        awaitNodes("idle", 1);
        awaitAllocation("steady");
        awaitNodes("starting", 2);

        passHalf();
        awaitNodes("idle", 3);
        assertThat(rig.get("/pools/p").get("eTag")).isEqualTo(pool.get("eTag"));
    }

    @Test
    void aResizeThatIsStoppedLeavesThePoolAsItIs() throws Exception {
        readyPool(1, "");
        rig.post(202, "/pools/p/resize", "{'targetDedicatedNodes':5}");
        assertThat(rig.get("/pools/p").get("currentDedicatedNodes").intValue()).isEqualTo(2);

        rig.post(202, "/pools/p/stopresize", "");

        JsonNode stopping = rig.get("/pools/p");
        assertThat(stopping.get("allocationState").textValue()).isEqualTo("stopping");
        assertThat(stopping.has("resizeErrors")).isFalse();
        rig.refused(409, "PoolNotResizing", "POST", "/pools/p/stopresize", "");
        rig.refused(409, "PoolBeingResized", "POST", "/pools/p/resize", "{'targetDedicatedNodes':1}");
        pass(TIME);
        awaitAllocation("steady");
        JsonNode steady = rig.get("/pools/p");
        assertThat(steady.get("currentDedicatedNodes").intValue()).isEqualTo(2);
        assertThat(steady.at("/resizeErrors/0/code").textValue()).isEqualTo("ResizeStopped");
        rig.refused(409, "PoolNotResizing", "POST", "/pools/p/stopresize", "");
    }

    @Test
    void nodesLeaveForAWhileAndStayWhenTheirResizeIsStopped() throws Exception {
        readyPool(2, "");
        rig.post(202, "/pools/p/resize", "{'targetDedicatedNodes':0}");
        awaitNodes("leavingpool", 2);

        rig.post(202, "/pools/p/stopresize", "");
        awaitNodes("idle", 2);
        assertThat(rig.get("/pools/p").get("targetDedicatedNodes").intValue()).isEqualTo(2);

        pass(TIME);
        awaitAllocation("steady");
        String node = rig.get(node()).get("id").textValue();
        rig.post(202, "/pools/p/removenodes", "{'nodeList':['" + node + "']}");
        assertThat(rig.get("/pools/p").get("allocationState").textValue()).isEqualTo("resizing");
        awaitNodes("leavingpool", 1);
        pass(TIME);
        awaitAllocation("steady");
        assertThat(rig.get("/pools/p/nodes").get("value")).hasSize(1);
    }

    @Test
    void aNodeRebootsForAWhile() throws Exception {
        readyPool(1, "");
        rig.post(202, node() + "/reboot", "");
        assertThat(state(node())).isEqualTo("rebooting");
        pass(TIME);
        awaitNodes("idle", 1);
    }

    @Test
    void aPoolThatIsDeletedKeepsItsIdUntilItIsGone() throws Exception {
        rig.post(201, "/pools", pool("p", "'targetDedicatedNodes':1"));
        rig.call(202, "DELETE", "/pools/p", Map.of(), "");

        assertThat(state("/pools/p")).isEqualTo("deleting");
        awaitNodes("leavingpool", 1);
        rig.refused(409, "PoolBeingDeleted", "DELETE", "/pools/p", "");
        rig.refused(409, "PoolBeingDeleted", "PATCH", "/pools/p", "{'displayName':'new'}");
        rig.refused(409, "PoolBeingDeleted", "POST", "/pools", pool("P", ""));

        pass(TIME);
        rig.awaitGone("/pools/p");
        rig.post(201, "/pools", pool("p", ""));
    }

    @Test
    void aPoolThatScalesItselfFollowsItsFormulaAtOnce() throws Exception {
        rig.post(201, "/pools", pool("p", "'enableAutoScale':true,'autoScaleFormula':'$TargetDedicatedNodes=3;'"));
        assertThat(rig.get("/pools/p").get("allocationState").textValue()).isEqualTo("resizing");
        awaitNodes("creating", 1);
        assertThat(rig.get("/pools/p").get("targetDedicatedNodes").intValue()).isEqualTo(3);
    }

    @Test
    void aJobIsDisabledAndTerminatedAndDeletedInTime() throws Exception {
        rig.withJobAlone("");
        rig.post(202, "/jobs/j/disable", "{'disableTasks':'requeue'}");
        assertThat(state("/jobs/j")).isEqualTo("disabling");
        pass(TIME);
        rig.awaitState("/jobs/j", "disabled");
        rig.post(202, "/jobs/j/enable", "");
        assertThat(state("/jobs/j")).isEqualTo("active");

        rig.post(202, "/jobs/j/terminate", "{'terminateReason':'enough'}");
        JsonNode terminating = rig.get("/jobs/j");
        assertThat(terminating.get("state").textValue()).isEqualTo("terminating");
        assertThat(terminating.at("/executionInfo/terminateReason").textValue()).isEqualTo("enough");
        rig.refused(409, "JobBeingTerminated", "POST", "/jobs/j/terminate", "");
        rig.refused(409, "JobBeingTerminated", "POST", "/jobs/j/tasks", ServiceRig.task("t", "true", ""));
        pass(TIME);
        JsonNode completed = rig.awaitState("/jobs/j", "completed");
        assertThat(completed.get("previousState").textValue()).isEqualTo("active");

        rig.call(202, "DELETE", "/jobs/j", Map.of(), "");
        assertThat(state("/jobs/j")).isEqualTo("deleting");
        rig.refused(409, "JobBeingDeleted", "DELETE", "/jobs/j", "");
        rig.refused(409, "JobBeingDeleted", "POST", "/jobs", "{'id':'J','poolInfo':{'poolId':'p'}}");
        pass(TIME);
        rig.awaitGone("/jobs/j");
        rig.withJobAlone("");
    }

    @Test
    void aTaskIsPreparedForAWhileWhenItsJobHasAPreparationTask() throws Exception {
        readyPool(1, ",'taskSlotsPerNode':2");
        rig.withJobAlone("'jobPreparationTask':{'commandLine':'/bin/true'}");
        rig.addTask("t", "true", "");
        JsonNode nodes = rig.await(
                "/jobs/j/jobpreparationandreleasetaskstatus",
                list -> list.at("/value/0/jobPreparationTaskExecutionInfo/state")
                        .asText()
                        .equals("completed"));
        assertThat(nodes.get("value")).hasSize(1);
        assertThat(state("/jobs/j/tasks/t")).isEqualTo("preparing");

        rig.addTask("ended", "true", "");
        rig.awaitState("/jobs/j/tasks/ended", "preparing");
        rig.post(204, "/jobs/j/tasks/ended/terminate", "");
        rig.awaitState("/jobs/j/tasks/ended", "completed");

        pass(TIME);
        rig.awaitState("/jobs/j/tasks/t", "completed");
        rig.addTask("second", "true", "");
        rig.awaitState("/jobs/j/tasks/second", "completed");
    }

    @Test
    void aJobThatEndsWhileANodeIsPreparedForItDoesNotWaitForThat() throws Exception {
        readyPool(1, "");
        rig.withJobAlone("'jobPreparationTask':{'commandLine':'/bin/true'}");
        rig.addTask("t", "true", "");
        rig.awaitState("/jobs/j/tasks/t", "preparing");
        passHalf();
        rig.post(202, "/jobs/j/terminate", "");
        rig.awaitState("/jobs/j/tasks/t", "completed");
        passHalf();
        assertThat(state("/jobs/j")).isEqualTo("terminating");
        passHalf();
        rig.awaitState("/jobs/j", "completed");
    }

    @Test
    void aScheduleIsTerminatedAndDeletedInTime() throws Exception {
        rig.post(
                201,
                "/jobschedules",
                "{'id':'s','schedule':{'doNotRunUntil':'2100-01-01T00:00:00Z'},"
                        + "'jobSpecification':{'poolInfo':{'poolId':'p'}}}");
        rig.post(202, "/jobschedules/s/terminate", "");
        assertThat(state("/jobschedules/s")).isEqualTo("terminating");
        pass(TIME);
        rig.awaitState("/jobschedules/s", "completed");

        rig.call(202, "DELETE", "/jobschedules/s", Map.of(), "");
        assertThat(state("/jobschedules/s")).isEqualTo("deleting");
        rig.refused(
                409,
                "JobScheduleBeingDeleted",
                "POST",
                "/jobschedules",
                "{'id':'s','schedule':{},'jobSpecification':{'poolInfo':{'poolId':'p'}}}");
        pass(TIME);
        rig.awaitGone("/jobschedules/s");
    }
}
