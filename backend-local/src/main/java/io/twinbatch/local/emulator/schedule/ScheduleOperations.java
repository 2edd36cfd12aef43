package io.twinbatch.local.emulator.schedule;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.local.emulator.http.Reply;
import io.twinbatch.local.emulator.http.ServiceFault;
import io.twinbatch.local.emulator.job.JobSchemas;
import io.twinbatch.local.emulator.job.JobView;
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
import io.twinbatch.local.engine.model.Precondition;
import io.twinbatch.local.record.ETags;
import io.twinbatch.local.record.JobRecord;
import io.twinbatch.local.record.SchedulePhase;
import io.twinbatch.local.record.ScheduleRecord;
import io.twinbatch.local.record.StateHistory;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** The operations on job schedules. */
public final class ScheduleOperations {
    private static final Listing LISTING =
            new Listing("jobschedules", JobSchemas.SCHEDULE_PROPERTIES, JobSchemas.SCHEDULE_FILTERABLE);
    private static final Listing JOBS = new Listing("jobs", JobSchemas.PROPERTIES, JobSchemas.FILTERABLE);
    private static final String KIND = "JobSchedule";

    private final Engine engine;
    private final JobView jobs;
    private final Clock clock;

    public ScheduleOperations(Engine engine, Clock clock) {
        this.engine = engine;
        this.jobs = new JobView(engine.view(), clock);
        this.clock = clock;
    }

    public void register(Routes routes) {
        routes.on("POST", "/jobschedules", this::add)
                .on("GET", "/jobschedules", this::list)
                .on("GET", "/jobschedules/{}", this::get)
                .on("HEAD", "/jobschedules/{}", this::exists)
                .on("PATCH", "/jobschedules/{}", call -> change(call, ScheduleDocuments::patched))
                .on("PUT", "/jobschedules/{}", call -> change(call, ScheduleDocuments::updated))
                .on("DELETE", "/jobschedules/{}", this::delete)
                .on("POST", "/jobschedules/{}/disable", call -> order(call, 204, engine.orders()::disableSchedule))
                .on("POST", "/jobschedules/{}/enable", call -> order(call, 204, engine.orders()::enableSchedule))
                .on("POST", "/jobschedules/{}/terminate", call -> order(call, 202, engine.orders()::terminateSchedule))
                .on("GET", "/jobschedules/{}/jobs", this::jobs);
    }

    private ScheduleRecord record(Call call) {
        return engine.view().schedule(call.names().get(0)).orElseThrow(() -> Call.notFound(KIND));
    }

    private static Instant version(ScheduleRecord schedule) {
        return schedule.history().lastModified();
    }

    private static String url(Call call, String id) {
        return call.base() + "/jobschedules/" + id;
    }

    private Reply add(Call call) {
        ScheduleDocuments.Order order = ScheduleDocuments.added(call.request().body(), clock.instant());
        if (engine.view().job(new JobId(order.id())).isPresent()) {
            throw new ServiceFault(409, "JobWithSameIdExists", "A job of the same id exists.");
        }
        ScheduleRecord made = ServiceFaults.guarded(
                KIND,
                () -> engine.orders()
                        .createSchedule(order.id(), order.recurrence(), order.template(), order.document()));
        return Replies.created(url(call, order.id()), version(made));
    }

    private ObjectNode render(Call call, ScheduleRecord schedule, boolean stats) {
        StateHistory<SchedulePhase> history = schedule.history();
        ObjectNode document = ScheduleDocuments.document(schedule);
        document.put("url", url(call, schedule.id()))
                .put("eTag", ETags.of(history.lastModified()))
                .put("lastModified", WireTimes.text(history.lastModified()))
                .put("creationTime", WireTimes.text(schedule.created()))
                .put("state", Renderer.lower(schedule.phase()))
                .put("stateTransitionTime", WireTimes.text(history.since()));
        history.previous().ifPresent(previous -> document.put("previousState", Renderer.lower(previous)));
        Renderer.putTime(document, "previousStateTransitionTime", history.previousSince());
        ObjectNode info = document.putObject("executionInfo");
        if (schedule.phase() == SchedulePhase.ACTIVE) {
            Renderer.putTime(info, "nextRunTime", schedule.progress().nextRun());
        }
        schedule.progress()
                .recentJob()
                .ifPresent(job -> info.putObject("recentJob")
                        .put("id", job.value())
                        .put("url", ResourceUrls.job(call.base(), job)));
        Renderer.putTime(info, "endTime", schedule.progress().ended());
        if (stats) {
            document.set(
                    "stats",
                    jobs.stats(
                            url(call, schedule.id()),
                            List.copyOf(jobsOf(schedule).values())));
        }
        return document;
    }

    private NavigableMap<String, JobRecord> jobsOf(ScheduleRecord schedule) {
        TreeMap<String, JobRecord> found = new TreeMap<>();
        engine.view().jobsAfter("").forEach((key, job) -> {
            if (job.rules().schedule().filter(schedule.id()::equals).isPresent()) {
                found.put(key, job);
            }
        });
        return found;
    }

    private Reply list(Call call) {
        return LISTING.page(
                call,
                after -> engine.view().schedulesAfter(after),
                Expand::stats,
                (schedule, stats) -> render(call, schedule, stats));
    }

    private Reply get(Call call) {
        ScheduleRecord schedule = record(call);
        Select select = Select.of(call.request(), JobSchemas.SCHEDULE_PROPERTIES);
        boolean stats = Expand.stats(call.request(), select);
        if (Conditions.of(call.request()).isKnown(version(schedule))) {
            return Replies.notModified(version(schedule));
        }
        ObjectNode document = select.of(render(call, schedule, stats));
        return Replies.element(call, "jobschedules", document, Replies.version(version(schedule)));
    }

    private Reply exists(Call call) {
        ScheduleRecord schedule = record(call);
        if (Conditions.of(call.request()).isKnown(version(schedule))) {
            return Replies.notModified(version(schedule));
        }
        return Reply.empty(200, Replies.version(version(schedule)));
    }

    /** How a document changes a schedule. */
    private interface Change {
        ScheduleDocuments.Order apply(ScheduleRecord schedule, String body, Instant now);
    }

    private Reply change(Call call, Change change) {
        Conditions conditions = Conditions.of(call.request());
        return ConflictRetry.whileChanged(
                () -> {
                    ScheduleRecord schedule = record(call);
                    Precondition unused = conditions.expected(version(schedule));
                    ScheduleDocuments.Order order =
                            change.apply(schedule, call.request().body(), clock.instant());
                    ScheduleRecord changed = engine.orders()
                            .changeSchedule(
                                    schedule.id(),
                                    Precondition.since(version(schedule)),
                                    order.recurrence(),
                                    order.template(),
                                    order.document());
                    return Replies.ordered(200, call, version(changed));
                },
                !conditions.isAny(),
                KIND);
    }

    private Reply order(Call call, int status, BiFunction<String, Precondition, ScheduleRecord> order) {
        ScheduleRecord schedule = record(call);
        Precondition expected = Conditions.of(call.request()).expected(version(schedule));
        ScheduleRecord changed = ServiceFaults.guarded(KIND, () -> order.apply(schedule.id(), expected));
        return Replies.ordered(status, call, version(changed));
    }

    private Reply delete(Call call) {
        ScheduleRecord schedule = record(call);
        Precondition expected = Conditions.of(call.request()).expected(version(schedule));
        boolean ordered = ServiceFaults.guarded(KIND, () -> engine.orders().deleteSchedule(schedule.id(), expected));
        if (!ordered) {
            throw ServiceFaults.being(KIND, "deleted");
        }
        return Reply.empty(202, Map.of());
    }

    private Reply jobs(Call call) {
        NavigableMap<String, JobRecord> found = jobsOf(record(call));
        return JOBS.page(
                call,
                after -> found.tailMap(after, false),
                Expand::stats,
                (job, stats) -> jobs.render(call.base(), job, stats));
    }
}
