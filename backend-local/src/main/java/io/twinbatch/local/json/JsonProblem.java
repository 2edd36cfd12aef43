package io.twinbatch.local.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;

/** Why a text is no JSON. The parser's own messages quote the text, which may hold secrets. */
public final class JsonProblem {
    private JsonProblem() {}

    /** What is wrong and where, without a word of the text. */
    public static String describe(JsonProcessingException failure) {
        JsonLocation place = failure.getLocation();
        String where = place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
        return what(failure) + where;
    }

    private static String what(JsonProcessingException failure) {
        if (failure instanceof JsonEOFException) {
            return "the text ends too early";
        }
        if (failure instanceof StreamConstraintsException) {
            return "a name, text or number is too long, or the text is nested too deep";
        }
        return String.valueOf(failure.getOriginalMessage()).startsWith("Duplicate")
                ? "an object has two properties of one name"
                : "there is something that cannot stand there";
    }
}
