package io.twinbatch.app.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.twinbatch.api.cleanup.Leftover;
import io.twinbatch.api.workflow.model.RunOwner;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The part of the JSON document that says what runs have left, and what became of it. */
public final class LeftoverJson {
    private LeftoverJson() {}

    /** Writes the field {@code leftovers}. */
    public static void write(JsonGenerator json, List<DeletedLeftover> found) throws IOException {
        json.writeArrayFieldStart("leftovers");
        for (DeletedLeftover member : found) {
            Leftover left = member.leftover();
            json.writeStartObject();
            json.writeStringField("run", left.tags().run().value());
            json.writeStringField(
                    "owner", left.tags().owner().map(RunOwner::value).orElse(""));
            json.writeStringField("resource", left.resource().label());
            json.writeStringField("id", left.id());
            json.writeStringField("created", left.created().toString());
            json.writeNumberField("nodes", left.nodes());
            json.writeStringField("lease", member.lease().name().toLowerCase(Locale.ROOT));
            json.writeStringField(
                    "leaseEnds", left.tags().lease().map(Instant::toString).orElse(""));
            json.writeStringField("status", status(member));
            if (member.failure().isPresent()) {
                json.writeStringField("message", member.failure().get());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static String status(DeletedLeftover member) {
        if (member.deleted()) {
            return "deleted";
        }
        if (member.failure().isPresent()) {
            return "failed";
        }
        if (member.leftover().deleting()) {
            return "deleting";
        }
        return member.chosen() ? "chosen" : "left";
    }
}
