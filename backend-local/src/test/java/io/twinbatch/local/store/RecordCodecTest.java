package io.twinbatch.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobNodeTask;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.job.TaskUsage;
import io.twinbatch.api.pool.IdlePolicy;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.ResizeError;
import io.twinbatch.api.pool.StartTask;
import io.twinbatch.api.pool.StartTaskResult;
import io.twinbatch.api.pool.VmImage;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.api.task.OutputFile;
import io.twinbatch.api.task.ResourceFile;
import io.twinbatch.local.application.InstalledPackage;
import io.twinbatch.local.application.PackageReference;
import io.twinbatch.local.record.AutoPool;
import io.twinbatch.local.record.AutoScale;
import io.twinbatch.local.record.ContainerSource;
import io.twinbatch.local.record.ExitOptions;
import io.twinbatch.local.record.ExitRules;
import io.twinbatch.local.record.IdRange;
import io.twinbatch.local.record.JobOnNode;
import io.twinbatch.local.record.JobRecord;
import io.twinbatch.local.record.JobRules;
import io.twinbatch.local.record.JobTemplate;
import io.twinbatch.local.record.MultiInstance;
import io.twinbatch.local.record.NodeHistory;
import io.twinbatch.local.record.NodeRecord;
import io.twinbatch.local.record.NodeTaskResult;
import io.twinbatch.local.record.NodeTaskRules;
import io.twinbatch.local.record.NodeUser;
import io.twinbatch.local.record.PoolAllocation;
import io.twinbatch.local.record.PoolHistory;
import io.twinbatch.local.record.PoolRecord;
import io.twinbatch.local.record.PoolRules;
import io.twinbatch.local.record.Recurrence;
import io.twinbatch.local.record.SchedulePhase;
import io.twinbatch.local.record.ScheduleRecord;
import io.twinbatch.local.record.StateHistory;
import io.twinbatch.local.record.SubtaskPhase;
import io.twinbatch.local.record.SubtaskRecord;
import io.twinbatch.local.record.TaskHistory;
import io.twinbatch.local.record.TaskPhase;
import io.twinbatch.local.record.TaskRecord;
import io.twinbatch.local.record.TaskRules;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordCodecTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.123456789Z");
    private static final FailureInfo FAILURE = new FailureInfo("Code", "ü \"quoted\" \n", Map.of("url", "http://x/y"));
    private static final SignedUrl URL =
            new SignedUrl(URI.create("http://127.0.0.1/c?sig=a%2Bb&x=1"), Map.of("x-type", "Block"), Instant.MAX);

    private final RecordCodec codec = new RecordCodec();

    private <T> void assertComesBack(T value, Class<T> type) {
        assertThat(codec.decode(codec.encode(value), type)).isEqualTo(value);
    }

    static Stream<TaskStatus> statuses() {
        return Stream.of(
                new TaskStatus.Queued(),
                new TaskStatus.Requeued(),
                new TaskStatus.Preparing(),
                new TaskStatus.Running(),
                new TaskStatus.Uploading(),
                new TaskStatus.Succeeded(),
                new TaskStatus.Failed(137),
                new TaskStatus.CouldNotStart(FAILURE),
                new TaskStatus.UploadFailed(0, FAILURE),
                new TaskStatus.Stopped(FAILURE));
    }

    @Test
    void everyKindOfStatusIsTried() {
        long kinds = Arrays.stream(TaskStatus.class.getPermittedSubclasses())
                        .filter(Class::isRecord)
                        .count()
                + TaskStatus.FailedStatus.class.getPermittedSubclasses().length;
        assertThat(statuses().map(Object::getClass).distinct()).hasSize((int) kinds);
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void aTaskComesBackInEveryStatus(TaskStatus status) {
        TaskSpec spec = TaskSpec.builder("Task_1", "/bin/sh -c \"exit 1\"")
                .resourceFiles(List.of(new ResourceFile(URL, "a/ü b.txt")))
                .outputFiles(List.of(new OutputFile("*.txt", URL, "out", OutputFile.Condition.COMPLETION)))
                .environment(Map.of("NAME", "value\nof two lines"))
                .maxRetries(3)
                .maxWallClockTime(Duration.ofMillis(1500))
                .requiredSlots(2)
                .dependsOn(Set.of("a", "b"))
                .retentionTime(Duration.ofSeconds(Long.MAX_VALUE))
                .build();
        ExitOptions options = new ExitOptions(Optional.of(ExitOptions.JobAction.DISABLE), Optional.of(true));
        ExitRules exits = new ExitRules(
                List.of(new ExitRules.CodeRange(1, 3, options)),
                Optional.of(ExitOptions.DEFAULT),
                Optional.of(options),
                Optional.empty());
        TaskRecord record = new TaskRecord(
                new JobId("Job"),
                spec,
                42,
                status,
                Optional.of(new PoolId("pool")),
                Optional.of(new NodeId("tvm-1")),
                NOW,
                Optional.of(NOW),
                Optional.of(NOW),
                OptionalInt.of(1),
                3,
                4,
                new TaskRules(
                        exits,
                        List.of(new IdRange(3, 7)),
                        List.of(new ContainerSource(URL, "a", "b")),
                        Optional.of("{}"),
                        List.of(new PackageReference("a", Optional.of("1"))),
                        true,
                        Optional.of(new MultiInstance(
                                2,
                                "/bin/true",
                                List.of(new ResourceFile(URL, "f")),
                                List.of(new ContainerSource(URL, "c", "d"))))),
                TaskHistory.begun(NOW)
                        .with(StateHistory.<TaskPhase>begun(NOW).left(TaskPhase.RUNNING, NOW))
                        .retried(NOW)
                        .requeued(NOW)
                        .ordered(TaskHistory.OrderedEnd.DELETION),
                Optional.of(new TaskUsage(
                        5, Duration.ofMillis(120), Duration.ofMillis(30), Optional.of(new TaskUsage.Io(1, 2, 3, 4)))),
                List.of(SubtaskRecord.placed(1, new NodeId("tvm-2"), SubtaskPhase.PREPARING, NOW)
                        .running(NOW)
                        .completed(OptionalInt.of(3), Optional.of(FAILURE), NOW)));
        assertComesBack(record, TaskRecord.class);
    }

    @Test
    void aTaskThatHasNothingYetComesBack() {
        TaskSpec spec = TaskSpec.builder("t", "/bin/true").build();
        assertComesBack(TaskRecord.submitted(new JobId("j"), spec, TaskRules.DEFAULT, 0, NOW), TaskRecord.class);
    }

    static Stream<IdlePolicy> idlePolicies() {
        return Stream.of(
                new IdlePolicy.Keep(),
                new IdlePolicy.Lease(Instant.parse("2026-11-22T17:59:01Z")),
                new IdlePolicy.Release(Duration.ofMinutes(7)));
    }

    @Test
    void everyKindOfIdlePolicyIsTried() {
        assertThat(idlePolicies().map(Object::getClass).distinct())
                .hasSize(IdlePolicy.class.getPermittedSubclasses().length);
    }

    @ParameterizedTest
    @MethodSource("idlePolicies")
    void aPoolComesBackWithEveryIdlePolicy(IdlePolicy policy) {
        StartTask startTask =
                new StartTask("/bin/true", List.of(new ResourceFile(URL, "f")), Map.of("A", "b"), true, 2);
        PoolSpec spec = new PoolSpec(
                new PoolId("Pool"),
                "size",
                VmImage.UBUNTU_LTS,
                1,
                2,
                3,
                Optional.of(startTask),
                policy,
                Map.of("run", "1"));
        AutoScale formula = new AutoScale("$x=1;", Duration.ofMinutes(5), NOW, Optional.empty());
        PoolRules rules = new PoolRules(
                false,
                List.of(new ContainerSource(URL, "", "")),
                Optional.of(formula.ran(new AutoScale.Run(NOW, "$x=1", Optional.of(FAILURE)))),
                Optional.of("{}"),
                true,
                List.of(new PackageReference("a", Optional.empty())),
                true);
        PoolAllocation resizing =
                PoolAllocation.in(PoolAllocation.Phase.RESIZING).coming(2, true).coming(1, false);
        PoolHistory history = PoolHistory.begun(NOW).allocated(NOW, List.of(new ResizeError("code", "message")));
        assertComesBack(new PoolRecord(spec, true, NOW, 5, rules, history, resizing), PoolRecord.class);
    }

    @ParameterizedTest
    @MethodSource("nodeStates")
    void aNodeComesBackInEveryState(NodeState state) {
        StartTaskResult result = new StartTaskResult(NOW, Optional.of(NOW), OptionalInt.of(3), Optional.of(FAILURE), 1);
        NodeRecord joined = NodeRecord.joined(new PoolId("p"), new NodeId("n"), true, 3, NOW);
        NodeHistory history = joined.history()
                .schedulingDisabled(true)
                .restarting(NodeHistory.Restart.REIMAGE)
                .inCreation();
        NodeRecord record = joined.in(state, NOW)
                .withStartTask(result)
                .with(history)
                .with(joined.access().with(new NodeUser("anna", true, NOW)))
                .with(List.of(new InstalledPackage("a", "1", true)));
        assertComesBack(record, NodeRecord.class);
        assertComesBack(joined.in(state, NOW), NodeRecord.class);
    }

    static Stream<NodeState> nodeStates() {
        return Arrays.stream(NodeState.values());
    }

    @Test
    void aJobComesBack() {
        JobNodeTask nodeTask =
                new JobNodeTask("/bin/true", List.of(new ResourceFile(URL, "f")), Map.of("A", "b"), true);
        JobSpec spec = new JobSpec(
                new JobId("Job"),
                new PoolId("pool"),
                -1000,
                Optional.of(Duration.ofDays(3)),
                2,
                true,
                Optional.of(nodeTask),
                Optional.of(nodeTask),
                Map.of("C", "d"),
                Map.of("run", "2"));
        JobRules rules = new JobRules(
                3,
                true,
                true,
                NodeTaskRules.PREPARATION,
                NodeTaskRules.RELEASE,
                Optional.of(new JobRules.Manager("m", true)),
                Optional.of(new AutoPool(true, false)),
                Optional.of("schedule"),
                Optional.of("{\"id\":\"Job\"}"));
        JobRecord created = JobRecord.created(spec, rules, 7, NOW);
        assertComesBack(created, JobRecord.class);
        assertComesBack(created.terminating("UserTerminate", NOW), JobRecord.class);
        assertComesBack(created.terminating("UserTerminate", NOW).completed(NOW), JobRecord.class);
        assertComesBack(created.disabling(NOW).disabled(NOW).enabled(NOW).deleting(NOW), JobRecord.class);
        NodeTaskResult result =
                NodeTaskResult.begun(NOW).retried(NOW).ended(NOW, OptionalInt.of(1), Optional.of(FAILURE));
        JobOnNode node = new JobOnNode(new PoolId("p"), new NodeId("n"), result, Optional.of(result));
        assertComesBack(created.preparing(node), JobRecord.class);
    }

    @Test
    void aScheduleComesBack() {
        TaskSpec manager = TaskSpec.builder("m", "/bin/true").build();
        JobTemplate template = new JobTemplate(
                JobSpec.of(new JobId("s"), new PoolId("p")),
                JobRules.DEFAULT,
                Optional.of(new JobTemplate.Pool("x", PoolSpec.of(new PoolId("p"), 1), PoolRules.DEFAULT)),
                Optional.of(new JobTemplate.Manager(manager, TaskRules.DEFAULT)));
        Recurrence recurrence = new Recurrence(
                Optional.of(NOW), Optional.empty(), Optional.of(Duration.ofMinutes(1)), Optional.empty());
        ScheduleRecord created = ScheduleRecord.created("s", recurrence, template, "{}", NOW);
        assertComesBack(created, ScheduleRecord.class);
        assertComesBack(
                created.made(created.nextJob(), Optional.of(new PoolId("p")), Optional.empty())
                        .in(SchedulePhase.COMPLETED, NOW),
                ScheduleRecord.class);
    }

    private <T> T decode(String json, Class<T> type) {
        return codec.decode(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), type);
    }

    @Test
    void recordsOfTheFirstFormatAreCompletedWithDefaults() {
        PoolRecord pool = decode(
                "{'spec':{'id':{'value':'p'},'vmSize':'s','image':{'publisher':'a','offer':'b','sku':'c'},"
                        + "'dedicatedNodes':1,'spotNodes':0,'slotsPerNode':1,'startTask':null,"
                        + "'idlePolicy':{'is':'Keep'},'metadata':{}},"
                        + "'deleting':false,'created':'2026-11-22T10:00:00Z','nodesMade':1}",
                PoolRecord.class);
        assertThat(pool.rules()).isEqualTo(PoolRules.DEFAULT);
        assertThat(pool.history()).isEqualTo(PoolHistory.begun(Instant.parse("2026-11-22T10:00:00Z")));
        NodeRecord node = decode(
                "{'pool':{'value':'p'},'id':{'value':'n'},'dedicated':true,'state':'IDLE',"
                        + "'since':'2026-11-22T10:00:00Z','startTask':null}",
                NodeRecord.class);
        assertThat(node.history()).isEqualTo(NodeHistory.begun(Instant.parse("2026-11-22T10:00:00Z")));
        JobRecord job = decode(
                "{'spec':{'id':{'value':'j'},'pool':{'value':'p'},'priority':0,'maxWallClockTime':null,"
                        + "'maxTaskRetries':0,'usesTaskDependencies':false,'preparation':null,'release':null,"
                        + "'environment':{},'metadata':{}},"
                        + "'sequence':0,'state':'ACTIVE','created':'2026-11-22T10:00:00Z','ended':null,'endReason':null}",
                JobRecord.class);
        assertThat(job.rules()).isEqualTo(JobRules.DEFAULT);
        assertThat(job.nodes()).isEmpty();
        TaskRecord task = decode(
                "{'job':{'value':'j'},'spec':{'id':'t','commandLine':'/bin/true','resourceFiles':[],'outputFiles':[],"
                        + "'environment':{},'maxRetries':null,'maxWallClockTime':null,'requiredSlots':1,"
                        + "'dependsOn':[],'retentionTime':null},'sequence':1,'status':{'is':'Queued'},'pool':null,"
                        + "'node':null,'created':'2026-11-22T10:00:00Z','started':null,'ended':null,"
                        + "'exitCode':null,'retries':0,'requeues':0}",
                TaskRecord.class);
        assertThat(task.rules()).isEqualTo(TaskRules.DEFAULT);
        assertThat(task.history().orderedEnd()).isEmpty();
    }

    @Test
    void whatIsNoRecordIsReported() {
        byte[] garbage = "{\"job\":".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> codec.decode(garbage, TaskRecord.class))
                .isInstanceOf(BatchException.class)
                .hasMessageContaining("damaged");
    }
}
