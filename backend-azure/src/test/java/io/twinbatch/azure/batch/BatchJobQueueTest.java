package io.twinbatch.azure.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobNodeTask;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.JobState;
import io.twinbatch.api.job.NodePreparation;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.job.TaskFilter;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.api.task.OutputFile;
import io.twinbatch.api.task.ResourceFile;
import io.twinbatch.api.task.TaskFile;
import io.twinbatch.azure.stub.Answer;
import io.twinbatch.azure.stub.StubBatchService;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchJobQueueTest {
    private static final JobId ID = new JobId("j");
    private static final TaskKey KEY = new TaskKey(ID, "t");
    private static final Instant EXPIRY = Instant.parse("2026-11-23T10:00:00Z");

    private final StubBatchService service = new StubBatchService();
    private final BatchJobQueue jobs = new BatchJobQueue(service.client());

    @AfterEach
    void stop() {
        service.close();
    }

    private static ErrorCode codeOf(Runnable call) {
        return catchThrowableOfType(BatchException.class, call::run).code();
    }

    private static SignedUrl url(String text, Map<String, String> headers) {
        return new SignedUrl(URI.create(text), headers, EXPIRY);
    }

    private static JobSpec fullSpec() {
        ResourceFile program = new ResourceFile(
                url("https://x.blob.core.windows.net/c/task.jar?se=2026-11-23T10%3A00%3A00Z&sig=s", Map.of()),
                "task.jar");
        return JobSpec.of(ID, new PoolId("p"))
                .withPriority(-5)
                .withMaxWallClockTime(Duration.ofMinutes(90))
                .withMaxTaskRetries(2)
                .withTaskDependencies()
                .withNodeTasks(
                        new JobNodeTask("prepare", List.of(program), Map.of("A", "1"), true),
                        Optional.of(new JobNodeTask("release", List.of(), Map.of(), false)))
                .withEnvironment(Map.of("E", "2"))
                .withMetadata(Map.of("run", "17"));
    }

    private String created(JobSpec spec) {
        service.on("POST /jobs", Answer.empty(201));
        jobs.create(spec);
        return service.asked("POST /jobs").get(0).body();
    }

    private static Answer jobOf(String request, String more) {
        return Answer.verbatim(
                200,
                request.substring(0, request.length() - 1)
                        + ",'url':'u','creationTime':'2026-11-22T10:00:00Z','onAllTasksComplete':'noaction'%s}"
                                .formatted(more)
                                .replace('\'', '"'));
    }

    @Test
    void aJobIsAskedForWithAllThatItsSpecificationSays() {
        assertThat(created(fullSpec())).isEqualTo("""
                        {'id':'j','poolInfo':{'poolId':'p'},'priority':-5,'constraints':{'maxWallClockTime':'PT1H30M',\
                        'maxTaskRetryCount':2},'jobPreparationTask':{'commandLine':'prepare','resourceFiles':\
                        [{'httpUrl':'https://x.blob.core.windows.net/c/task.jar?se=2026-11-23T10%3A00%3A00Z&sig=s',\
                        'filePath':'task.jar'}],'environmentSettings':[{'name':'A','value':'1'}],'waitForSuccess':true,\
                        'userIdentity':{'autoUser':{'scope':'pool','elevationLevel':'admin'}}},'jobReleaseTask':\
                        {'commandLine':'release'},'commonEnvironmentSettings':[{'name':'E','value':'2'}],'metadata':\
                        [{'name':'run','value':'17'}],'usesTaskDependencies':true}""".replace('\'', '"'));
    }

    @Test
    void aJobIsReadBackAsItWasAskedFor() {
        String request = created(fullSpec());
        service.on("GET /jobs/j", jobOf(request, ",'state':'active','executionInfo':{'poolId':'p'}"));
        Job job = jobs.find(ID).orElseThrow();
        assertThat(job.spec()).isEqualTo(fullSpec());
        assertThat(job.state()).isEqualTo(JobState.ACTIVE);
        assertThat(job.created()).isEqualTo(Instant.parse("2026-11-22T10:00:00Z"));
        assertThat(job.ended()).isEmpty();
        assertThat(job.endReason()).isEmpty();
    }

    @Test
    void theServicesWayToSayNoLimitIsNoLimit() {
        service.on("GET /jobs/j", Answer.json(200, """
                {'id':'j','poolInfo':{'poolId':'p'},'priority':0,'maxParallelTasks':-1,'constraints':{'maxWallClockTime':\
                'P10675199DT2H48M5.4775807S','maxTaskRetryCount':0},'usesTaskDependencies':false,'state':'active',\
                'creationTime':'2026-11-22T10:00:00.1234567Z'}"""));
        assertThat(jobs.find(ID).orElseThrow().spec()).isEqualTo(JobSpec.of(ID, new PoolId("p")));
    }

    @ParameterizedTest
    @CsvSource({
        "active, ACTIVE",
        "enabling, ACTIVE",
        "disabling, ACTIVE",
        "disabled, ACTIVE",
        "Terminating, TERMINATING",
        "completed, COMPLETED",
        "deleting, DELETING"
    })
    void eachStateOfAJobHasItsName(String state, JobState expected) {
        String end = ",'executionInfo':{'endTime':'2026-11-22T11:00:00Z','terminateReason':'UserTerminate'}";
        service.on("GET /jobs/j", jobOf("{\"id\":\"j\"}", ",'state':'" + state + "'" + end));
        Job job = jobs.find(ID).orElseThrow();
        assertThat(job.state()).isEqualTo(expected);
        assertThat(job.ended()).contains(Instant.parse("2026-11-22T11:00:00Z"));
        assertThat(job.endReason()).contains("UserTerminate");
    }

    @Test
    void somebodyElsesJobsAreListedAsFarAsTheyCanBe() {
        service.on("GET /jobs", Answer.json(200, """
                {'value':[{'id':'schedule:job-1','poolInfo':{'poolId':'p'}},{'id':'own','poolInfo':\
                {'autoPoolSpecification':{}},'executionInfo':{'schedulingError':{'category':'usererror','code':\
                'AutoPoolCreationFailedWithQuotaReached'}},'constraints':{'maxTaskRetryCount':-1},'jobReleaseTask':\
                {'commandLine':'x'}}]}"""));
        List<Job> listed = jobs.list().toList();
        assertThat(listed).extracting(job -> job.id().value()).containsExactly("schedule:job-1", "own");
        assertThat(listed.get(1).endReason()).contains("AutoPoolCreationFailedWithQuotaReached");
    }

    @ParameterizedTest
    @CsvSource({
        "JobExists, ALREADY_EXISTS",
        "JobBeingDeleted, ALREADY_EXISTS",
        "ActiveJobAndScheduleQuotaReached, QUOTA",
        "JobScheduleWithSameIdExists, ALREADY_EXISTS"
    })
    void aJobThatCannotBeCreatedIsToldWhy(String code, ErrorCode expected) {
        service.on("POST /jobs", Answer.error(409, code, "No."));
        assertThat(codeOf(() -> jobs.create(fullSpec()))).isEqualTo(expected);
    }

    @Test
    void aJobThatIsThereAfterALostAnswerIsTheOneThatWasAskedFor() {
        String request = created(fullSpec());
        service.on("POST /jobs", Answer.empty(503), Answer.error(409, "JobExists", "Exists."))
                .on("GET /jobs/j", jobOf(request, ",'state':'active'"));
        jobs.create(fullSpec());
        service.on("POST /jobs", Answer.empty(503), Answer.error(409, "JobExists", "Exists."));
        assertThat(codeOf(() -> jobs.create(fullSpec().withMetadata(Map.of("run", "18")))))
                .isEqualTo(ErrorCode.ALREADY_EXISTS);
    }

    @Test
    void metadataIsReplacedAndNothingElse() {
        service.on("PATCH /jobs/j", Answer.empty(200));
        jobs.updateMetadata(ID, Map.of("run", "18"));
        assertThat(service.asked().get(0).body()).isEqualTo("{\"metadata\":[{\"name\":\"run\",\"value\":\"18\"}]}");
    }

    @Test
    void aTaskIsAskedForWithAllThatItsSpecificationSays() {
        SignedUrl outputs = url(
                "https://x.blob.core.windows.net/out?sig=s", Map.of("X-Ms-Blob-Type", "BlockBlob", "x-ms-meta-a", "b"));
        TaskSpec spec = TaskSpec.builder("t", "run it")
                .resourceFiles(List.of(new ResourceFile(url("https://x/in?sig=r", Map.of()), "in/a.txt")))
                .outputFiles(List.of(
                        new OutputFile("../std*.txt", outputs, "logs", OutputFile.Condition.COMPLETION),
                        new OutputFile("a", url("https://x/o", Map.of()), "", OutputFile.Condition.SUCCESS)))
                .environment(Map.of("B", "2", "A", "1"))
                .maxRetries(3)
                .maxWallClockTime(Duration.ofMinutes(5))
                .retentionTime(Duration.ofHours(1))
                .requiredSlots(2)
                .dependsOn(Set.of("z", "a"))
                .build();
        service.on("POST /jobs/j/addtaskcollection", Answer.json(200, "{'value':[{'status':'Success','taskId':'t'}]}"));
        jobs.submit(ID, List.of(spec));
        assertThat(service.asked().get(0).body()).isEqualTo("""
                        {'value':[{'id':'t','commandLine':'run it','resourceFiles':[{'httpUrl':'https://x/in?sig=r',\
                        'filePath':'in/a.txt'}],'outputFiles':[{'filePattern':'../std*.txt','destination':{'container':\
                        {'containerUrl':'https://x.blob.core.windows.net/out?sig=s','path':'logs','uploadHeaders':\
                        [{'name':'x-ms-meta-a','value':'b'}]}},'uploadOptions':{'uploadCondition':'taskcompletion'}},\
                        {'filePattern':'a','destination':{'container':{'containerUrl':'https://x/o'}},'uploadOptions':\
                        {'uploadCondition':'tasksuccess'}}],'environmentSettings':[{'name':'A','value':'1'},{'name':'B',\
                        'value':'2'}],'constraints':{'maxWallClockTime':'PT5M','retentionTime':'PT1H','maxTaskRetryCount':3},\
                        'requiredSlots':2,'dependsOn':{'taskIds':['a','z']}}]}""".replace('\'', '"'));
    }

    @Test
    void tasksAreCountedInOneRequest() {
        service.on("GET /jobs/j/taskcounts", Answer.json(200, """
                {'taskCounts':{'active':4,'running':3,'completed':3,'succeeded':2,'failed':1},'taskSlotCounts':{}}"""));
        assertThat(jobs.counts(ID)).isEqualTo(new TaskCounts(4, 3, 2, 1));
        assertThat(service.asked()).hasSize(1);
        service.on("GET /jobs/j/taskcounts", Answer.error(404, "JobNotFound", "No."));
        assertThat(codeOf(() -> jobs.counts(ID))).isEqualTo(ErrorCode.NOT_FOUND);
        service.on("GET /jobs/j/taskcounts", Answer.json(200, "{}"));
        assertThat(codeOf(() -> jobs.counts(ID))).isEqualTo(ErrorCode.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "ALL, ",
        "UNFINISHED, state eq 'active' or state eq 'preparing' or state eq 'running'",
        "SUCCEEDED, state eq 'completed' and executionInfo/result eq 'success'",
        "FAILED, state eq 'completed' and executionInfo/result eq 'failure'"
    })
    void tasksAreFilteredByTheService(TaskFilter filter, String expected) {
        service.on("GET /jobs/j/tasks", Answer.json(200, """
                {'value':[{'id':'t','state':'completed','creationTime':'2026-11-22T10:00:00Z','executionInfo':{'startTime':\
                '2026-11-22T10:01:00Z','endTime':'2026-11-22T10:02:00Z','exitCode':3,'failureInfo':{'category':'UserError',\
                'code':'FailureExitCode'},'retryCount':1,'requeueCount':2,'result':'failure'},'nodeInfo':{'nodeId':'n'}}]}"""));
        List<Task> tasks = jobs.tasks(ID, filter).toList();
        assertThat(tasks)
                .containsExactly(new Task(
                        KEY,
                        new TaskStatus.Failed(3),
                        Optional.of(new NodeId("n")),
                        Instant.parse("2026-11-22T10:00:00Z"),
                        Optional.of(Instant.parse("2026-11-22T10:01:00Z")),
                        Optional.of(Instant.parse("2026-11-22T10:02:00Z")),
                        OptionalInt.of(3),
                        1,
                        2));
        assertThat(service.asked().get(0).query()).containsEntry("$select", TaskMapping.PROPERTIES);
        assertThat(service.asked().get(0).query().get("$filter")).isEqualTo(expected);
    }

    @Test
    void aTaskThatIsNewHasNeitherNodeNorTimes() {
        service.on("GET /jobs/j/tasks/t", Answer.json(200, """
                {'id':'T','state':'active','creationTime':'2026-11-22T10:00:00Z'}"""));
        Task task = jobs.task(KEY).orElseThrow();
        assertThat(task.key()).isEqualTo(new TaskKey(ID, "T"));
        assertThat(task.status()).isEqualTo(new TaskStatus.Queued());
        assertThat(task.node()).isEmpty();
        assertThat(task.started()).isEmpty();
        assertThat(task.exitCode()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TaskNotFound", "JobNotFound"})
    void aTaskThatIsNotThereIsToldSo(String code) {
        Answer notFound = Answer.error(404, code, "No.");
        service.on("GET /jobs/j/tasks/t", notFound)
                .on("DELETE /jobs/j/tasks/t", notFound)
                .on("POST /jobs/j/tasks/t/terminate", notFound)
                .on("POST /jobs/j/tasks/t/reactivate", notFound)
                .on("GET /jobs/j/tasks/t/files", notFound)
                .on("GET /jobs/j/tasks/t/files/stdout.txt", notFound);
        assertThat(jobs.task(KEY)).isEmpty();
        assertThat(jobs.deleteTask(KEY)).isFalse();
        assertThat(codeOf(() -> jobs.terminateTask(KEY))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(codeOf(() -> jobs.reactivateTask(KEY))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(codeOf(() -> jobs.files(KEY))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(codeOf(() -> jobs.readFile(KEY, TaskFile.STDOUT, 0))).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TaskFilesUnavailable", "TaskFilesCleanedup", "OperationInvalidForCurrentState", ""})
    void aTaskWhoseFilesAreNotThereHasNone(String code) {
        service.on("GET /jobs/j/tasks/t/files", Answer.error(409, code, "No."))
                .on("HEAD /jobs/j/tasks/t/files/stdout.txt", Answer.empty(409));
        assertThat(codeOf(() -> jobs.files(KEY))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(codeOf(() -> jobs.readFile(KEY, TaskFile.STDOUT, 5))).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void aTasksFileIsRead() throws Exception {
        service.on("GET /jobs/j/tasks/t/files/wd%2Fresult", Answer.text(200, "text"));
        try (InputStream file = jobs.readFile(KEY, "wd/result", 0)) {
            assertThat(new String(file.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("text");
        }
    }

    @Test
    void aTaskThatHasEndedCannotBeEndedAgain() {
        service.on("POST /jobs/j/tasks/t/terminate", Answer.empty(204), Answer.error(409, "TaskCompleted", "Done."));
        jobs.terminateTask(KEY);
        assertThat(codeOf(() -> jobs.terminateTask(KEY))).isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void anOrderWhoseAnswerWasLostIsDoneWhenItsEffectIsThere() {
        Answer completed = Answer.json(200, "{'id':'t','state':'completed','executionInfo':{'result':'failure'}}");
        Answer active = Answer.json(200, "{'id':'t','state':'active'}");
        Answer conflict = Answer.error(409, "OperationInvalidForCurrentState", "No.");
        service.on("POST /jobs/j/tasks/t/terminate", Answer.broken(), conflict).on("GET /jobs/j/tasks/t", completed);
        jobs.terminateTask(KEY);
        service.on("POST /jobs/j/tasks/t/reactivate", Answer.broken(), conflict).on("GET /jobs/j/tasks/t", active);
        jobs.reactivateTask(KEY);
        service.on("POST /jobs/j/tasks/t/reactivate", Answer.broken(), conflict).on("GET /jobs/j/tasks/t", completed);
        assertThat(codeOf(() -> jobs.reactivateTask(KEY))).isEqualTo(ErrorCode.CONFLICT);
        service.on("DELETE /jobs/j/tasks/t", Answer.broken(), Answer.error(404, "TaskNotFound", "Gone."));
        assertThat(jobs.deleteTask(KEY)).isTrue();
        service.on("DELETE /jobs/j", Answer.broken(), Answer.error(409, "JobBeingDeleted", "Going."));
        assertThat(jobs.delete(ID)).isTrue();
    }

    @Test
    void aJobIsEndedOnceAndForAll() {
        service.on(
                "POST /jobs/j/terminate",
                Answer.empty(202),
                Answer.error(409, "JobBeingTerminated", "Ending."),
                Answer.error(409, "JobCompleted", "Done."),
                Answer.error(409, "JobBeingDeleted", "Going."),
                Answer.error(404, "JobNotFound", "Gone."));
        jobs.terminate(ID);
        jobs.terminate(ID);
        jobs.terminate(ID);
        assertThat(codeOf(() -> jobs.terminate(ID))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(codeOf(() -> jobs.terminate(ID))).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void whetherThereWasAJobToDeleteIsTold() {
        service.on(
                "DELETE /jobs/j",
                Answer.empty(202),
                Answer.error(409, "JobBeingDeleted", "Going."),
                Answer.error(404, "JobNotFound", "Gone."));
        assertThat(jobs.delete(ID)).isTrue();
        assertThat(jobs.delete(ID)).isFalse();
        assertThat(jobs.delete(ID)).isFalse();
    }

    @Test
    void howThePreparationWentIsToldNodeByNode() {
        service.on("GET /jobs/j/jobpreparationandreleasetaskstatus", Answer.json(200, """
                {'value':[{'poolId':'p','nodeId':'good','jobPreparationTaskExecutionInfo':{'state':'completed','startTime':\
                '2026-11-22T10:00:00Z','exitCode':0,'retryCount':0,'result':'success'}},\
                {'nodeId':'busy','jobPreparationTaskExecutionInfo':{'state':'running','startTime':'2026-11-22T10:00:00Z'}},\
                {'nodeId':'bad','jobPreparationTaskExecutionInfo':{'state':'completed','exitCode':4,'failureInfo':\
                {'category':'usererror','code':'FailureExitCode','message':'It failed.'},'result':'failure'}},\
                {'nodeId':'odd','jobPreparationTaskExecutionInfo':{'state':'completed','result':'failure'}},\
                {'nodeId':'released','jobReleaseTaskExecutionInfo':{'state':'running'}}]}"""));
        assertThat(jobs.preparations(ID))
                .containsExactly(
                        new NodePreparation(new NodeId("good"), false, OptionalInt.of(0), Optional.empty()),
                        new NodePreparation(new NodeId("busy"), true, OptionalInt.empty(), Optional.empty()),
                        new NodePreparation(
                                new NodeId("bad"),
                                false,
                                OptionalInt.of(4),
                                Optional.of(FailureInfo.of("FailureExitCode", "It failed."))),
                        new NodePreparation(
                                new NodeId("odd"),
                                false,
                                OptionalInt.empty(),
                                Optional.of(FailureInfo.of("", "the preparation task failed"))));
    }

    @Test
    void aJobWithoutPreparationHasNoneToTellOf() {
        service.on(
                "GET /jobs/j/jobpreparationandreleasetaskstatus",
                Answer.error(409, "JobPreparationTaskNotSpecified", "None."),
                Answer.error(404, "JobNotFound", "No."));
        assertThat(jobs.preparations(ID)).isEmpty();
        assertThat(codeOf(() -> jobs.preparations(ID))).isEqualTo(ErrorCode.NOT_FOUND);
    }
}
