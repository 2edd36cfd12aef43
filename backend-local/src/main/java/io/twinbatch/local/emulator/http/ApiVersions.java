package io.twinbatch.local.emulator.http;

import java.util.Map;
import java.util.Set;

/** The versions of the service's protocol that are answered, all in the shape of the newest. */
final class ApiVersions {
    private static final String PARAMETER = "api-version";

    private static final Set<String> KNOWN = Set.of(
            "2017-09-01.6.0",
            "2018-03-01.6.1",
            "2018-08-01.7.0",
            "2018-12-01.8.0",
            "2019-06-01.9.0",
            "2019-08-01.10.0",
            "2020-03-01.11.0",
            "2020-09-01.12.0",
            "2021-06-01.14.0",
            "2022-01-01.15.0",
            "2022-10-01.16.0",
            "2023-05-01.17.0",
            "2023-11-01.18.0",
            "2024-02-01.19.0",
            "2024-07-01.20.0");

    private ApiVersions() {}

    /**
     * Lets a request pass that names a known version.
     *
     * @throws ServiceFault 400 when it names none or another
     */
    static void check(Map<String, String> query) {
        String version = query.get(PARAMETER);
        if (version == null) {
            throw new ServiceFault(
                    400,
                    "MissingRequiredQueryParameter",
                    "A query parameter that's mandatory for this request is not specified.",
                    Map.of("QueryParameterName", PARAMETER));
        }
        if (!KNOWN.contains(version)) {
            throw new ServiceFault(
                    400,
                    "UnsupportedRequestVersion",
                    "The version of the REST API that the request names is not supported: from 2017-09-01.6.0 to"
                            + " 2024-07-01.20.0 are.");
        }
    }
}
