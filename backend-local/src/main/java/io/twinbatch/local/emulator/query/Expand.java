package io.twinbatch.local.emulator.query;

import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.local.emulator.http.Request;
import io.twinbatch.local.emulator.http.ServiceFault;

/** The service's {@code $expand}, which knows one property: {@code stats}. */
public final class Expand {
    private static final String PARAMETER = "$expand";
    private static final String STATS = "stats";

    private Expand() {}

    /**
     * Whether a request asks for statistics, by {@code $expand} or by selecting them.
     *
     * @throws ServiceFault 400 when it asks to expand anything else
     */
    public static boolean stats(Request request, Select select) {
        boolean expanded = false;
        for (String part : request.parameter(PARAMETER).orElse("").split(",", -1)) {
            String name = part.strip();
            if (!name.isEmpty() && !name.equals(STATS)) {
                throw ServiceFault.invalidQuery(
                        PARAMETER,
                        request.parameter(PARAMETER).orElse(""),
                        "'" + QuotedValue.of(name) + "' cannot be expanded.");
            }
            expanded |= name.equals(STATS);
        }
        return expanded || select.names(STATS);
    }
}
