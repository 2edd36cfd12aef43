package io.twinbatch.app.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.twinbatch.app.inputs.OmittedInput;
import java.io.IOException;
import java.util.List;

/** What folders hold and a run does not process, and why. */
public final class OmittedInputLines {
    private static final int MAX_LINES = 20;

    private final ErrorStream stream;

    /** Prints to a stream. */
    public OmittedInputLines(ErrorStream stream) {
        this.stream = stream;
    }

    /** Prints the first ones, and how many there are. */
    public void print(List<OmittedInput> leftOut) {
        if (leftOut.isEmpty()) {
            return;
        }
        stream.line(count(leftOut) + ":");
        leftOut.stream().limit(MAX_LINES).forEach(left -> stream.line("  " + left.path() + " " + left.reason()));
        if (leftOut.size() > MAX_LINES) {
            stream.line("  and " + (leftOut.size() - MAX_LINES) + " more");
        }
    }

    /** Such as {@code 2 entries left out}. */
    public static String count(List<OmittedInput> leftOut) {
        return (leftOut.size() == 1 ? "1 entry" : leftOut.size() + " entries") + " left out";
    }

    static void write(JsonGenerator json, List<OmittedInput> leftOut) throws IOException {
        json.writeArrayFieldStart("leftOut");
        for (OmittedInput left : leftOut) {
            json.writeStartObject();
            json.writeStringField("path", left.path().toString());
            json.writeStringField("reason", left.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
