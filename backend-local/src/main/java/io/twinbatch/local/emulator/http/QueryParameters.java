package io.twinbatch.local.emulator.http;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The parameters that requests may have in their query. */
public final class QueryParameters {
    private static final Set<String> KNOWN = Set.of(
            "api-version",
            "timeout",
            "$filter",
            "$select",
            "$expand",
            "maxresults",
            "$skiptoken",
            "recursive",
            "starttime",
            "endtime",
            "force");

    private QueryParameters() {}

    /**
     * Refuses a parameter that no operation of the service has, and a {@code timeout} that is none. One that is longer than
     * the service's 30 seconds means 30, as documented.
     *
     * @throws ServiceFault 400
     */
    public static void check(Map<String, String> query) {
        query.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!KNOWN.contains(lower)) {
                throw ServiceFault.unknownQuery(name);
            }
            if (lower.equals("timeout")) {
                checkTimeout(name, value);
            }
        });
    }

    private static void checkTimeout(String name, String value) {
        int seconds;
        try {
            seconds = Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw ServiceFault.invalidQuery(name, value, "It is no whole number of 32 bits.");
        }
        if (seconds < 1) {
            throw ServiceFault.queryOutOfRange(name, value, "It is at least 1 second.");
        }
    }
}
