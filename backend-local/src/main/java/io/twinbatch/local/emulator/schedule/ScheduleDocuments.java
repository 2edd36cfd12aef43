package io.twinbatch.local.emulator.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.local.emulator.document.Bodies;
import io.twinbatch.local.emulator.document.BodyFaults;
import io.twinbatch.local.emulator.document.CommonDocuments;
import io.twinbatch.local.emulator.document.KeptDocuments;
import io.twinbatch.local.emulator.job.JobDocuments;
import io.twinbatch.local.emulator.job.JobSchemas;
import io.twinbatch.local.record.JobTemplate;
import io.twinbatch.local.record.Recurrence;
import io.twinbatch.local.record.ScheduleRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Documents about job schedules. */
public final class ScheduleDocuments {
    private ScheduleDocuments() {}

    /**
     * A schedule as a client asks for it.
     *
     * @param id its id
     * @param recurrence when it makes jobs
     * @param template what they are like
     * @param document what the client wrote, completed
     */
    public record Order(String id, Recurrence recurrence, JobTemplate template, String document) {}

    /** The schedule that a client asks for. */
    public static Order added(String body, Instant now) {
        ObjectNode document = Bodies.needed(body, JobSchemas.ADD_SCHEDULE);
        return order(document.get("id").textValue(), document, now);
    }

    private static Order order(String id, ObjectNode document, Instant now) {
        Recurrence recurrence = recurrence(document.get("schedule"));
        JobTemplate template = JobDocuments.template(id, (ObjectNode) document.get("jobSpecification"), now);
        String kept = KeptDocuments.without(document, List.of()).orElseThrow();
        return new Order(id, recurrence, template, kept);
    }

    private static Recurrence recurrence(JsonNode schedule) {
        Recurrence recurrence = new Recurrence(
                time(schedule, "doNotRunUntil"),
                time(schedule, "doNotRunAfter"),
                CommonDocuments.limit(schedule, "startWindow"),
                CommonDocuments.limit(schedule, "recurrenceInterval"));
        recurrence
                .window()
                .filter(window -> recurrence
                                .interval()
                                .orElse(Duration.ofSeconds(Long.MAX_VALUE))
                                .compareTo(window)
                        < 0)
                .ifPresent(window -> {
                    throw BodyFaults.invalid(
                            "schedule.startWindow", window.toString(), "It is longer than the recurrence interval.");
                });
        return recurrence;
    }

    private static Optional<Instant> time(JsonNode schedule, String name) {
        return CommonDocuments.text(schedule, name)
                .map(text -> OffsetDateTime.parse(text).toInstant());
    }

    /** A schedule after a client has changed some of its properties. */
    public static Order patched(ScheduleRecord schedule, String body, Instant now) {
        ObjectNode document = document(schedule);
        document.setAll(Bodies.needed(body, JobSchemas.PATCH_SCHEDULE));
        return order(schedule.id(), document, now);
    }

    /** A schedule after a client has replaced those of its properties that can be. */
    public static Order updated(ScheduleRecord schedule, String body, Instant now) {
        ObjectNode changes = Bodies.needed(body, JobSchemas.UPDATE_SCHEDULE);
        ObjectNode document = document(schedule);
        document.remove("metadata");
        document.setAll(changes);
        return order(schedule.id(), document, now);
    }

    /** What is asked for of a schedule, completed. */
    public static ObjectNode document(ScheduleRecord schedule) {
        return Bodies.kept(schedule.document());
    }
}
