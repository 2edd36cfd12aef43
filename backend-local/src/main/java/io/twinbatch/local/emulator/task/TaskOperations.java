package io.twinbatch.local.emulator.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.time.Deadline;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.api.time.Waiter;
import io.twinbatch.local.emulator.http.ErrorResponse;
import io.twinbatch.local.emulator.http.Reply;
import io.twinbatch.local.emulator.http.ServiceFault;
import io.twinbatch.local.emulator.operation.Call;
import io.twinbatch.local.emulator.operation.Conditions;
import io.twinbatch.local.emulator.operation.ConflictRetry;
import io.twinbatch.local.emulator.operation.Listing;
import io.twinbatch.local.emulator.operation.Renderer;
import io.twinbatch.local.emulator.operation.Replies;
import io.twinbatch.local.emulator.operation.ResourceUrls;
import io.twinbatch.local.emulator.operation.Routes;
import io.twinbatch.local.emulator.operation.ServiceFaults;
import io.twinbatch.local.emulator.operation.WireTimes;
import io.twinbatch.local.emulator.query.Expand;
import io.twinbatch.local.emulator.query.Select;
import io.twinbatch.local.engine.Engine;
import io.twinbatch.local.engine.model.NewTask;
import io.twinbatch.local.engine.model.Precondition;
import io.twinbatch.local.engine.model.SubmissionResult;
import io.twinbatch.local.record.ETags;
import io.twinbatch.local.record.JobRecord;
import io.twinbatch.local.record.TaskHistory;
import io.twinbatch.local.record.TaskRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operations on tasks, but for those on their files. */
public final class TaskOperations {
    private static final Listing LISTING = new Listing("tasks", TaskSchemas.PROPERTIES, TaskSchemas.FILTERABLE);
    private static final String KIND = "Task";
    private static final Logger LOG = LoggerFactory.getLogger(TaskOperations.class);

    /** As long as the service takes for an answer. */
    private static final Duration MAX_DELETION_DURATION = Duration.ofSeconds(30);

    private static final PollInterval LOOK = new PollInterval(Duration.ofMillis(2), Duration.ofMillis(50));

    private final Engine engine;
    private final TaskView view;
    private final Clock clock;

    public TaskOperations(Engine engine, Clock clock) {
        this.engine = engine;
        this.view = new TaskView(clock);
        this.clock = clock;
    }

    public void register(Routes routes) {
        routes.on("POST", "/jobs/{}/tasks", this::add)
                .on("POST", "/jobs/{}/addtaskcollection", this::addCollection)
                .on("GET", "/jobs/{}/tasks", this::list)
                .on("GET", "/jobs/{}/tasks/{}", this::get)
                .on("PUT", "/jobs/{}/tasks/{}", this::update)
                .on("DELETE", "/jobs/{}/tasks/{}", this::delete)
                .on("POST", "/jobs/{}/tasks/{}/terminate", this::terminate)
                .on("POST", "/jobs/{}/tasks/{}/reactivate", this::reactivate)
                .on("GET", "/jobs/{}/tasks/{}/subtasksinfo", this::subtasks);
    }

    private JobRecord job(Call call) {
        return engine.view().job(call.job()).orElseThrow(() -> Call.notFound("Job"));
    }

    private TaskRecord record(Call call) {
        JobRecord unused = job(call);
        return engine.view().task(call.task()).orElseThrow(() -> Call.notFound(KIND));
    }

    private static Instant version(TaskRecord task) {
        return task.history().phases().lastModified();
    }

    private static TaskKey key(TaskRecord task) {
        return task.key();
    }

    private Reply add(Call call) {
        JobRecord job = job(call);
        NewTask order = TaskDocuments.added(job, call.request().body());
        SubmissionResult answer = submit(job, List.of(order)).get(0);
        answer.refusal().ifPresent(refusal -> {
            throw ServiceFaults.of(refusal, KIND);
        });
        return Replies.created(url(call, job, answer.id()), answer.added().orElseThrow());
    }

    private static String url(Call call, JobRecord job, String task) {
        return ResourceUrls.job(call.base(), job.spec().id()) + "/tasks/" + task;
    }

    private List<SubmissionResult> submit(JobRecord job, List<NewTask> orders) {
        return ServiceFaults.guarded(
                "Job", () -> engine.orders().submit(job.spec().id(), orders));
    }

    private Reply addCollection(Call call) {
        JobRecord job = job(call);
        ArrayNode documents = TaskDocuments.collection(call.request().body());
        ArrayNode results = documents.arrayNode();
        List<NewTask> orders = new ArrayList<>();
        for (JsonNode document : documents) {
            try {
                orders.add(TaskDocuments.order(job, document));
            } catch (ServiceFault fault) {
                results.add(refused(call, document.path("id").asText(""), fault));
            } catch (BatchException e) {
                results.add(refused(call, document.path("id").asText(""), ServiceFaults.of(e, KIND)));
            }
        }
        for (SubmissionResult answer : submit(job, orders)) {
            answer.added().ifPresent(when -> results.add(added(call, job, answer.id(), when)));
            answer.refusal()
                    .ifPresent(refusal -> results.add(refused(call, answer.id(), ServiceFaults.of(refusal, KIND))));
        }
        ObjectNode document = Replies.annotated(call, "taskaddresult");
        document.set("value", results);
        return Reply.json(200, Map.of(), document);
    }

    private static ObjectNode added(Call call, JobRecord job, String task, Instant when) {
        return Renderer.object()
                .put("status", "Success")
                .put("taskId", task)
                .put("eTag", ETags.of(when))
                .put("lastModified", WireTimes.text(when))
                .put("location", url(call, job, task));
    }

    private ObjectNode refused(Call call, String task, ServiceFault fault) {
        ObjectNode result = Renderer.object()
                .put("status", fault.status() < 500 ? "clienterror" : "servererror")
                .put("taskId", QuotedValue.of(task));
        result.set("error", ErrorResponse.part(fault, call.request().id(), clock.instant()));
        return result;
    }

    private Reply list(Call call) {
        JobRecord job = job(call);
        return LISTING.page(
                call,
                after -> byTask(job, after),
                Expand::stats,
                (task, stats) -> view.render(call.base(), job, task, stats));
    }

    /** Keys of tasks begin with their job, which a client's token does not need. */
    private Map<String, TaskRecord> byTask(JobRecord job, String after) {
        return ServiceFaults.guarded(
                "Job", () -> engine.view().tasksAfter(job.spec().id(), after));
    }

    private Reply get(Call call) {
        TaskRecord task = record(call);
        Select select = Select.of(call.request(), TaskSchemas.PROPERTIES);
        boolean stats = Expand.stats(call.request(), select);
        if (Conditions.of(call.request()).isKnown(version(task))) {
            return Replies.notModified(version(task));
        }
        ObjectNode document = select.of(view.render(call.base(), job(call), task, stats));
        return Replies.element(call, "tasks", document, Replies.version(version(task)));
    }

    private Reply update(Call call) {
        Conditions conditions = Conditions.of(call.request());
        return ConflictRetry.whileChanged(
                () -> {
                    TaskRecord task = record(call);
                    Precondition unused = conditions.expected(version(task));
                    NewTask order = TaskDocuments.updated(
                            job(call), task, call.request().body());
                    TaskRecord changed =
                            engine.orders().changeTask(key(task), Precondition.since(version(task)), order);
                    return Replies.ordered(200, call, version(changed));
                },
                !conditions.isAny(),
                KIND);
    }

    private Reply delete(Call call) {
        TaskRecord task = record(call);
        Precondition expected = Conditions.of(call.request()).expected(version(task));
        boolean deleted = ServiceFaults.guarded(KIND, () -> engine.orders().deleteTask(key(task), expected));
        awaitGone(key(task));
        if (!deleted) {
            throw Call.notFound(KIND);
        }
        return Reply.empty(200, Map.of());
    }

    /**
     * A deleted task is no longer found, although its processes may take a while to end. It may be another
     * task of the same id than the one that was found first.
     */
    private void awaitGone(TaskKey task) {
        Deadline deadline = Deadline.after(clock, MAX_DELETION_DURATION);
        try {
            boolean unused = new Waiter(Sleeper.REAL, LOOK).await("the deletion of task " + task, deadline, () -> {
                boolean there = engine.view()
                        .task(task)
                        .filter(found ->
                                found.history().orderedEnd().equals(Optional.of(TaskHistory.OrderedEnd.DELETION)))
                        .isPresent();
                return there ? Optional.empty() : Optional.of(true);
            });
        } catch (BatchException e) {
            LOG.warn("A deleted task is still there: {}", e.getMessage());
        } catch (InterruptedException e) {
            // The emulator is being closed.
            Thread.currentThread().interrupt();
        }
    }

    private Reply terminate(Call call) {
        TaskRecord task = record(call);
        Precondition expected = Conditions.of(call.request()).expected(version(task));
        TaskRecord changed = ServiceFaults.guarded(KIND, () -> engine.orders().terminateTask(key(task), expected));
        return Replies.ordered(204, call, version(changed));
    }

    private Reply reactivate(Call call) {
        TaskRecord task = record(call);
        Precondition expected = Conditions.of(call.request()).expected(version(task));
        TaskRecord changed = ServiceFaults.guarded(KIND, () -> engine.orders().reactivateTask(key(task), expected));
        return Replies.ordered(204, call, version(changed));
    }

    private Reply subtasks(Call call) {
        TaskRecord task = record(call);
        Select select = Select.of(call.request(), SubtaskView.PROPERTIES);
        ObjectNode document = Replies.annotated(call, "subtasks");
        ArrayNode all = document.putArray("value");
        SubtaskView.subtasks(task).stream()
                .map(subtask -> select.of(SubtaskView.render(call.base(), task, subtask)))
                .forEach(all::add);
        return Reply.json(200, Map.of(), document);
    }
}
