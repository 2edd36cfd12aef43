package io.twinbatch.local.emulator.http;

import java.util.ArrayList;
import java.util.List;

/**
 * A parameter of a query as it was sent.
 *
 * @param name its name, with its escapes
 * @param value its value, with its escapes; empty when there is none
 */
record RawParameter(String name, String value) {
    /** The parameters of a query in the order in which they came. */
    static List<RawParameter> of(String query) {
        List<RawParameter> parameters = new ArrayList<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals >= 0) {
                parameters.add(new RawParameter(pair.substring(0, equals), pair.substring(equals + 1)));
            } else if (!pair.isEmpty()) {
                parameters.add(new RawParameter(pair, ""));
            }
        }
        return parameters;
    }

    /** Leaves out the value, which may be a signature. */
    @Override
    public String toString() {
        return name + "=***";
    }
}
