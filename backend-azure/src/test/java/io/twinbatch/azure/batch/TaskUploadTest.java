package io.twinbatch.azure.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.azure.stub.Answer;
import io.twinbatch.azure.stub.StubBatchService;
import io.twinbatch.azure.stub.StubBatchService.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskUploadTest {
    private static final JobId JOB = new JobId("j");
    private static final String ADD = "POST /jobs/j/addtaskcollection";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StubBatchService service = new StubBatchService();
    private final BatchJobQueue jobs = new BatchJobQueue(service.client());
    /** How often each task has come to the service. */
    private final Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();

    @AfterEach
    void stop() {
        service.close();
    }

    private static List<TaskSpec> tasks(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> TaskSpec.builder("t" + i, "run").build())
                .toList();
    }

    private static List<String> ids(Asked asked) {
        try {
            List<String> ids = new ArrayList<>();
            for (JsonNode task : JSON.readTree(asked.body()).get("value")) {
                ids.add(task.get("id").asText());
            }
            return ids;
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** A service that answers about each task by its id and the number of times that it has come, counted from 1. */
    private void answering(TaskAnswer answer) {
        service.on(
                ADD,
                Answer.made(asked -> Answer.json(
                        200,
                        ids(asked).stream()
                                .map(id -> answer.about(id, times(id)))
                                .filter(text -> !text.isEmpty())
                                .collect(Collectors.joining(",", "{'value':[", "]}")))));
    }

    private int times(String id) {
        return seen.computeIfAbsent(id, any -> new AtomicInteger()).incrementAndGet();
    }

    private interface TaskAnswer {
        String about(String id, int times);
    }

    private static String taken(String id) {
        return "{'status':'Success','taskId':'" + id + "','eTag':'0x8','location':'x'}";
    }

    private static String refused(String status, String id, String code) {
        return "{'status':'" + status + "','taskId':'" + id + "','error':{'code':'" + code
                + "','message':{'lang':'en-us','value':'About " + id + ".\\nRequestId:r\\nTime:t'}}}";
    }

    private BatchException failure(List<TaskSpec> tasks) {
        return catchThrowableOfType(BatchException.class, () -> jobs.submit(JOB, tasks));
    }

    @Test
    void tasksGoInCollectionsOfAtMostAHundred() {
        answering((id, times) -> taken(id));
        jobs.submit(JOB, tasks(250));
        assertThat(service.asked(ADD)).extracting(asked -> ids(asked).size()).containsExactlyInAnyOrder(100, 100, 50);
        assertThat(seen).hasSize(250);
        assertThat(seen.values()).allMatch(times -> times.get() == 1);
    }

    @Test
    void noTaskIsNoRequest() {
        jobs.submit(JOB, List.of());
        assertThat(service.asked()).isEmpty();
    }

    @Test
    void eightCollectionsAreUnderWayAtOnceAndNoMore() {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch eight = new CountDownLatch(8);
        service.on(ADD, Answer.made(asked -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            eight.countDown();
            await(eight);
            underWay.decrementAndGet();
            return Answer.json(
                    200,
                    ids(asked).stream()
                            .map(TaskUploadTest::taken)
                            .collect(Collectors.joining(",", "{'value':[", "]}")));
        }));
        jobs.submit(JOB, tasks(2000));
        assertThat(most).hasValue(8);
        assertThat(service.asked(ADD)).hasSize(20);
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("submission to job j"))
                .allMatch(Thread::isDaemon);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aTaskThatTheJobHasAlreadyCountsAsTaken() {
        answering((id, times) -> id.equals("t1") ? refused("clienterror", id, "TaskExists") : taken(id));
        jobs.submit(JOB, tasks(3));
        assertThat(service.asked(ADD)).hasSize(1);
    }

    @Test
    void aCollectionWhoseAnswerWasLostIsSentAgain() {
        service.on(
                ADD,
                Answer.broken(),
                Answer.json(200, "{'value':[" + refused("clienterror", "t0", "TaskExists") + "," + taken("t1") + "]}"));
        jobs.submit(JOB, tasks(2));
        assertThat(service.asked(ADD).size()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void aTaskThatTheServiceCouldNotTakeThisTimeIsSentAgainAlone() {
        answering((id, times) -> switch (id + times) {
            case "t11", "t12" -> refused("servererror", id, "InternalError");
            case "t21" -> refused("clienterror", id, "TooManyRequests");
            case "t31" -> refused("servererror", id, "");
            case "t41" -> "";
            default -> taken(id.toUpperCase(java.util.Locale.ROOT));
        });
        jobs.submit(JOB, tasks(6));
        assertThat(service.asked(ADD))
                .extracting(TaskUploadTest::ids)
                .containsExactly(
                        List.of("t0", "t1", "t2", "t3", "t4", "t5"), List.of("t1", "t2", "t3", "t4"), List.of("t1"));
        assertThat(service.sleeps()).hasSize(2);
    }

    @Test
    void aTaskThatTheServiceNeverTakesIsReportedInTheEnd() {
        answering((id, times) -> id.equals("t1") ? refused("servererror", id, "ServerBusy") : taken(id));
        BatchException failure = failure(tasks(3));
        assertThat(failure.code()).isEqualTo(ErrorCode.THROTTLED);
        assertThat(failure).hasMessageContaining("1 of 3 tasks were not taken: t1 (About t1.)");
        assertThat(seen.get("t1")).hasValue(4);
    }

    @Test
    void tasksThatAreWrongAreCountedAndNamedInTheirOrderAndTheOthersAreTaken() {
        answering((id, times) ->
                id.endsWith("7") ? refused("clienterror", id, "TaskDependenciesNotSpecifiedOnJob") : taken(id));
        BatchException failure = failure(tasks(180));
        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID);
        assertThat(failure.resource()).isEqualTo("job j");
        assertThat(failure)
                .hasMessageContaining("18 of 180 tasks were not taken: t7 (About t7.); t17 (About t17.)")
                .hasMessageContaining("t47 (About t47.); and 13 more; the others are in the job");
        assertThat(failure.serviceError().orElseThrow().code()).isEqualTo("TaskDependenciesNotSpecifiedOnJob");
        assertThat(seen).hasSize(180);
    }

    @Test
    void aReasonThatAllShareIsTheJobs() {
        answering((id, times) -> refused("clienterror", id, "JobCompleted"));
        assertThat(failure(tasks(2)).code()).isEqualTo(ErrorCode.CONFLICT);
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 30, 64})
    void aCollectionThatIsTooLargeIsHalvedUntilItFits(int fits) {
        Function<Asked, Answer> answer = asked -> ids(asked).size() > fits
                ? Answer.error(413, "RequestBodyTooLarge", "Too large.")
                : Answer.json(
                        200,
                        ids(asked).stream()
                                .peek(this::times)
                                .map(TaskUploadTest::taken)
                                .collect(Collectors.joining(",", "{'value':[", "]}")));
        service.on(ADD, Answer.made(answer));
        jobs.submit(JOB, tasks(130));
        assertThat(seen).hasSize(130);
        assertThat(seen.values()).allMatch(times -> times.get() == 1);
    }

    @Test
    void aTaskThatIsTooLargeByItselfIsWrongAndTheOthersAreTaken() {
        service.on(
                ADD,
                Answer.made(asked -> ids(asked).contains("t2")
                        ? Answer.error(413, "RequestBodyTooLarge", "Too large.")
                        : Answer.json(
                                200,
                                ids(asked).stream()
                                        .peek(this::times)
                                        .map(TaskUploadTest::taken)
                                        .collect(Collectors.joining(",", "{'value':[", "]}")))));
        BatchException failure = failure(tasks(5));
        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID);
        assertThat(failure)
                .hasMessageContaining("1 of 5 tasks were not taken: t2 (it is larger than the service takes");
        assertThat(seen).containsOnlyKeys("t0", "t1", "t3", "t4");
    }

    @Test
    void aJobThatIsNotThereOrHasEndedTakesNothing() {
        service.on(ADD, Answer.error(404, "JobNotFound", "No."));
        assertThat(failure(tasks(1000)).code()).isEqualTo(ErrorCode.NOT_FOUND);
        service.on(ADD, Answer.error(409, "JobCompleted", "Done."));
        assertThat(failure(tasks(1)).code()).isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void aSubmissionThatIsInterruptedEndsAtOnce() {
        answering((id, times) -> taken(id));
        Thread.currentThread().interrupt();
        BatchException failure = failure(tasks(300));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure).hasMessageContaining("interrupted");
    }
}
