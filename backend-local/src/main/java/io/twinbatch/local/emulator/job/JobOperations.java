package io.twinbatch.local.emulator.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.job.TaskStatus;
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
import io.twinbatch.local.emulator.query.Expand;
import io.twinbatch.local.emulator.query.Select;
import io.twinbatch.local.engine.Engine;
import io.twinbatch.local.engine.model.NewJob;
import io.twinbatch.local.engine.model.Precondition;
import io.twinbatch.local.engine.model.RunningTaskPolicy;
import io.twinbatch.local.record.JobOnNode;
import io.twinbatch.local.record.JobPhase;
import io.twinbatch.local.record.JobRecord;
import io.twinbatch.local.record.TaskRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** The operations on jobs. */
public final class JobOperations {
    private static final Listing LISTING = new Listing("jobs", JobSchemas.PROPERTIES, JobSchemas.FILTERABLE);
    private static final Set<String> ON_NODE_PROPERTIES =
            Set.of("poolId", "nodeId", "nodeUrl", "jobPreparationTaskExecutionInfo", "jobReleaseTaskExecutionInfo");
    private static final Listing ON_NODES = new Listing(
            "jobpreparationandreleasetaskstatuslist",
            ON_NODE_PROPERTIES,
            Set.of("nodeId", "poolId", "jobPreparationTaskExecutionInfo/state", "jobReleaseTaskExecutionInfo/state"));
    private static final String KIND = "Job";
    private static final String USER_TERMINATE = "UserTerminate";

    private final Engine engine;
    private final JobView view;
    private final Clock clock;

    public JobOperations(Engine engine, Clock clock) {
        this.engine = engine;
        this.view = new JobView(engine.view(), clock);
        this.clock = clock;
    }

    public void register(Routes routes) {
        routes.on("POST", "/jobs", this::add)
                .on("GET", "/jobs", this::list)
                .on("GET", "/jobs/{}", this::get)
                .on("PATCH", "/jobs/{}", call -> change(call, JobDocuments::patched))
                .on("PUT", "/jobs/{}", call -> change(call, JobDocuments::updated))
                .on("DELETE", "/jobs/{}", this::delete)
                .on("POST", "/jobs/{}/disable", this::disable)
                .on("POST", "/jobs/{}/enable", this::enable)
                .on("POST", "/jobs/{}/terminate", this::terminate)
                .on("GET", "/jobs/{}/taskcounts", this::counts)
                .on("GET", "/jobs/{}/jobpreparationandreleasetaskstatus", this::onNodes);
    }

    private JobRecord record(Call call) {
        return engine.view().job(call.job()).orElseThrow(() -> Call.notFound(KIND));
    }

    private static Instant version(JobRecord job) {
        return job.history().lastModified();
    }

    private Reply add(Call call) {
        NewJob order = JobDocuments.added(call.request().body(), clock.instant());
        if (engine.view().schedule(order.spec().id().value()).isPresent()) {
            throw new ServiceFault(409, "JobScheduleWithSameIdExists", "A job schedule of the same id exists.");
        }
        JobRecord made = ServiceFaults.guarded(KIND, () -> engine.orders().createJob(order));
        return Replies.created(ResourceUrls.job(call.base(), made.spec().id()), version(made));
    }

    private Reply list(Call call) {
        return LISTING.page(
                call,
                after -> engine.view().jobsAfter(after),
                Expand::stats,
                (job, stats) -> view.render(call.base(), job, stats));
    }

    private Reply get(Call call) {
        JobRecord job = record(call);
        Select select = Select.of(call.request(), JobSchemas.PROPERTIES);
        boolean stats = Expand.stats(call.request(), select);
        if (Conditions.of(call.request()).isKnown(version(job))) {
            return Replies.notModified(version(job));
        }
        ObjectNode document = select.of(view.render(call.base(), job, stats));
        return Replies.element(call, "jobs", document, Replies.version(version(job)));
    }

    private Reply change(Call call, BiFunction<JobRecord, String, NewJob> change) {
        Conditions conditions = Conditions.of(call.request());
        return ConflictRetry.whileChanged(
                () -> {
                    JobRecord job = record(call);
                    Precondition unused = conditions.expected(version(job));
                    NewJob order = change.apply(job, call.request().body());
                    JobRecord changed = engine.orders()
                            .changeJob(job.spec().id(), Precondition.since(version(job)), order.spec(), order.rules());
                    return Replies.ordered(200, call, version(changed));
                },
                !conditions.isAny(),
                KIND);
    }

    private Reply delete(Call call) {
        JobRecord job = record(call);
        Precondition expected = Conditions.of(call.request()).expected(version(job));
        boolean ordered = ServiceFaults.guarded(
                KIND, () -> engine.orders().deleteJob(job.spec().id(), expected));
        if (!ordered) {
            throw ServiceFaults.being(KIND, "deleted");
        }
        return Reply.empty(202, Map.of());
    }

    private Reply disable(Call call) {
        JobRecord job = record(call);
        Precondition expected = Conditions.of(call.request()).expected(version(job));
        String tasks = JobDocuments.disabling(call.request().body())
                .get("disableTasks")
                .textValue();
        RunningTaskPolicy how = switch (tasks) {
            case "terminate" -> RunningTaskPolicy.TERMINATE;
            case "wait" -> RunningTaskPolicy.WAIT;
            default -> RunningTaskPolicy.REQUEUE;
        };
        JobRecord changed = ServiceFaults.guarded(
                KIND, () -> engine.orders().disableJob(job.spec().id(), expected, how));
        return Replies.ordered(202, call, version(changed));
    }

    private Reply enable(Call call) {
        JobRecord job = record(call);
        Precondition expected = Conditions.of(call.request()).expected(version(job));
        JobRecord changed = ServiceFaults.guarded(
                KIND, () -> engine.orders().enableJob(job.spec().id(), expected));
        return Replies.ordered(202, call, version(changed));
    }

    private Reply terminate(Call call) {
        JobRecord job = record(call);
        Precondition expected = Conditions.of(call.request()).expected(version(job));
        String reason = JobDocuments.terminating(call.request().body())
                .path("terminateReason")
                .asText(USER_TERMINATE);
        // The engine takes a repeated order without a word, the service does not.
        if (job.state() == JobPhase.COMPLETED) {
            throw new ServiceFault(409, "JobCompleted", "The specified job is already in a completed state.");
        }
        if (job.state() == JobPhase.TERMINATING) {
            throw ServiceFaults.being(KIND, "terminated");
        }
        JobRecord changed = ServiceFaults.guarded(
                KIND, () -> engine.orders().terminateJob(job.spec().id(), expected, reason));
        return Replies.ordered(202, call, version(changed));
    }

    private Reply counts(Call call) {
        JobRecord job = record(call);
        TaskCounts counts = engine.view().counts(job.spec().id());
        int[] slots = new int[4];
        engine.view()
                .tasks(job.spec().id())
                .forEach(task -> slots[place(task)] += task.spec().requiredSlots());
        ObjectNode document = Renderer.object();
        document.set("taskCounts", counts(counts.queued(), counts.running(), counts.succeeded(), counts.failed()));
        document.set("taskSlotCounts", counts(slots[0], slots[1], slots[2], slots[3]));
        return Replies.element(call, "taskcountsresult", document, Map.of());
    }

    private static int place(TaskRecord task) {
        return switch (task.phase()) {
            case ACTIVE -> 0;
            case PREPARING, RUNNING -> 1;
            case COMPLETED -> task.status() instanceof TaskStatus.Succeeded ? 2 : 3;
        };
    }

    private static ObjectNode counts(int active, int running, int succeeded, int failed) {
        return Renderer.object()
                .put("active", active)
                .put("running", running)
                .put("completed", succeeded + failed)
                .put("succeeded", succeeded)
                .put("failed", failed);
    }

    private Reply onNodes(Call call) {
        JobRecord job = record(call);
        if (job.spec().preparation().isEmpty()) {
            throw new ServiceFault(
                    409,
                    "JobPreparationTaskNotSpecified",
                    "The specified job does not have a job preparation or job release task.");
        }
        TreeMap<String, JobOnNode> nodes = new TreeMap<>();
        job.nodes().forEach(on -> nodes.put(on.pool() + "/" + on.node(), on));
        return ON_NODES.page(
                call,
                after -> nodes.tailMap(after, false),
                Listing.Expansion.NONE,
                (on, stats) -> JobView.onNode(call.base(), job, on));
    }
}
