package io.twinbatch.local.emulator;

import static io.twinbatch.local.emulator.ServiceRig.pool;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.pool.IdlePolicy;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.task.ContainerOptions;
import io.twinbatch.api.task.TaskContainer;
import io.twinbatch.local.engine.LocalComputePool;
import io.twinbatch.local.engine.LocalJobQueue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One engine, changed by the neutral API and by the protocol of the service: each shows what the other has changed. */
class ChangesByBothInterfacesTest extends ServiceTest {
    private static final PoolId POOL = new PoolId("p");
    private static final JobId JOB = new JobId("j");
    private static final String OLD = "'metadata':[{'name':'z','value':'1'},{'name':'a','value':'old'}]";

    private LocalComputePool pools;
    private LocalJobQueue jobs;

    @BeforeEach
    void prepare() {
        pools = new LocalComputePool(rig.engine());
        jobs = new LocalJobQueue(rig.engine());
    }

    private static List<String> metadata(JsonNode document) {
        return StreamSupport.stream(document.path("metadata").spliterator(), false)
                .map(item ->
                        item.get("name").textValue() + "=" + item.get("value").textValue())
                .toList();
    }

    @Test
    void thePoolMetadataOfTheApiIsShownByTheProtocol() {
        rig.post(201, "/pools", pool("p", OLD));
        assertThat(metadata(rig.get("/pools/p"))).containsExactly("z=1", "a=old");
        pools.updateMetadata(POOL, Map.of("a", "new"));
        assertThat(metadata(rig.get("/pools/p"))).containsExactly("a=new");
        pools.updateMetadata(POOL, Map.of());
        assertThat(rig.get("/pools/p").has("metadata")).isFalse();
    }

    @Test
    void aPatchOfTheProtocolKeepsWhatTheApiHasChangedOfAPool() throws InterruptedException {
        rig.post(201, "/pools", pool("p", OLD + ",'targetDedicatedNodes':1"));
        IdlePolicy policy = new IdlePolicy.Release(Duration.ofMinutes(20));
        pools.updateMetadata(POOL, Map.of("a", "new"));
        pools.updateIdlePolicy(POOL, policy);
        rig.await("/pools/p", found -> found.get("allocationState").textValue().equals("steady"));
        pools.resize(POOL, 2, 1);
        rig.call(200, "PATCH", "/pools/p", Map.of(), "{'displayName':'shown'}");
        JsonNode document = rig.get("/pools/p");
        assertThat(document.get("displayName").textValue()).isEqualTo("shown");
        assertThat(metadata(document)).containsExactly("a=new");
        assertThat(document.get("targetDedicatedNodes").intValue()).isEqualTo(2);
        assertThat(document.get("targetLowPriorityNodes").intValue()).isEqualTo(1);
        assertThat(rig.engine().view().poolRecord(POOL).orElseThrow().spec())
                .satisfies(spec -> assertThat(spec.metadata()).containsExactly(Map.entry("a", "new")))
                .satisfies(spec -> assertThat(spec.idlePolicy()).isEqualTo(policy))
                .satisfies(spec -> assertThat(spec.dedicatedNodes()).isEqualTo(2));
    }

    @Test
    void theMetadataOfAJobIsOneForBoth() {
        rig.withPool(0)
                .withJobAlone(OLD + ",'priority':7,'maxParallelTasks':3,'onTaskFailure':'performExitOptionsJobAction'");
        jobs.updateMetadata(JOB, Map.of("a", "new"));
        assertThat(metadata(rig.get("/jobs/j"))).containsExactly("a=new");
        rig.call(200, "PATCH", "/jobs/j", Map.of(), "{'priority':9}");
        JsonNode document = rig.get("/jobs/j");
        assertThat(metadata(document)).containsExactly("a=new");
        assertThat(document.get("priority").intValue()).isEqualTo(9);
        assertThat(document.get("maxParallelTasks").intValue()).isEqualTo(3);
        assertThat(document.get("onTaskFailure").textValue()).isEqualTo("performexitoptionsjobaction");
        assertThat(jobs.find(JOB).orElseThrow().spec().metadata()).containsExactly(Map.entry("a", "new"));
        assertThat(jobs.find(JOB).orElseThrow().spec().priority()).isEqualTo(9);
    }

    @Test
    void theRetriesThatATaskOfTheApiInheritsAreShown() {
        rig.withPool(0);
        jobs.create(JobSpec.of(JOB, POOL).withMaxTaskRetries(2));
        jobs.submit(JOB, List.of(TaskSpec.builder("t", "/bin/true").build()));
        JsonNode constraints = rig.get("/jobs/j/tasks/t").get("constraints");
        assertThat(constraints.get("maxTaskRetryCount").intValue()).isEqualTo(2);
        rig.call(200, "PATCH", "/jobs/j", Map.of(), "{'constraints':{'maxTaskRetryCount':5}}");
        assertThat(rig.get("/jobs/j/tasks/t")
                        .at("/constraints/maxTaskRetryCount")
                        .intValue())
                .isEqualTo(5);
    }

    @Test
    void aContainerOfTheApiSurvivesAChangeByTheProtocol() {
        TaskContainer container = TaskContainer.of("busybox:1")
                .with(ContainerOptions.DEFAULT
                        .withMemory(64 << 20)
                        .withMilliCores(1500)
                        .withoutNetwork())
                .startingIn(TaskContainer.WorkingFolder.IMAGE);
        jobs.create(JobSpec.of(JOB, new PoolId("none")));
        jobs.submit(
                JOB,
                List.of(TaskSpec.builder("t", "/bin/true").container(container).build()));

        rig.call(200, "PUT", "/jobs/j/tasks/t", Map.of(), "{'constraints':{'maxTaskRetryCount':1}}");

        TaskSpec spec =
                rig.engine().view().task(new TaskKey(JOB, "t")).orElseThrow().spec();
        assertThat(spec.maxRetries()).hasValue(1);
        assertThat(spec.container()).contains(container);
        assertThat(rig.get("/jobs/j/tasks/t").at("/containerSettings/imageName").textValue())
                .isEqualTo("busybox:1");
    }

    @Test
    void passwordsAreKeptNowhereInADocument() {
        String pool =
                "'poolInfo':{'autoPoolSpecification':{'poolLifetimeOption':'job','pool':{'vmSize':'standard_d2s_v5',"
                        + ServiceRig.MACHINE + ",'userAccounts':[{'name':'u','password':'hush'}]}}}";
        rig.post(201, "/jobs", "{'id':'j'," + pool + "}");
        rig.post(
                201,
                "/jobschedules",
                "{'id':'s','schedule':{'doNotRunUntil':'2090-01-01T00:00:00Z'},'jobSpecification':{" + pool + "}}");

        assertThat(rig.get("/jobs/j").toString()).contains("userAccounts").doesNotContain("hush");
        assertThat(rig.get("/jobschedules/s").toString())
                .contains("userAccounts")
                .doesNotContain("hush");
        assertThat(rig.engine().view().job(JOB).orElseThrow().rules().document())
                .hasValueSatisfying(kept -> assertThat(kept).doesNotContain("hush"));
        assertThat(rig.engine().view().schedule("s").orElseThrow().document()).doesNotContain("hush");
    }

    @Test
    void durationsKeepTheSpellingOfTheClientAsLongAsTheyAreTheSame() {
        rig.withPool(0).withJobAlone("'constraints':{'maxWallClockTime':'P1D'}");
        assertThat(rig.get("/jobs/j").at("/constraints/maxWallClockTime").textValue())
                .isEqualTo("P1D");
    }
}
