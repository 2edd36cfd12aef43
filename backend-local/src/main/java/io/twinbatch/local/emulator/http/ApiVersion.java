package io.twinbatch.local.emulator.http;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** The versions of the service's protocol that are answered, the oldest first. */
public enum ApiVersion {
    V2019_08("2019-08-01.10.0"),
    V2020_03("2020-03-01.11.0"),
    V2020_09("2020-09-01.12.0"),
    V2021_06("2021-06-01.14.0"),
    V2022_01("2022-01-01.15.0"),
    V2022_10("2022-10-01.16.0"),
    V2023_05("2023-05-01.17.0"),
    V2023_11("2023-11-01.18.0"),
    V2024_02("2024-02-01.19.0"),
    V2024_07("2024-07-01.20.0"),
    V2025_06("2025-06-01"),
    V2026_10("2026-10-01");

    private static final String PARAMETER = "api-version";

    private final String text;

    ApiVersion(String text) {
        this.text = text;
    }

    /** As requests name it. */
    public String text() {
        return text;
    }

    /** Whether this version came out before another one. */
    public boolean isBefore(ApiVersion other) {
        return compareTo(other) < 0;
    }

    /**
     * The version that a request names.
     *
     * @throws ServiceFault 400 when it names none, or one that is not answered
     */
    static ApiVersion of(Map<String, String> query) {
        String asked = query.get(PARAMETER);
        if (asked == null) {
            throw new ServiceFault(
                    400,
                    "MissingRequiredQueryParameter",
                    "A query parameter that's mandatory for this request is not specified.",
                    Map.of("QueryParameterName", PARAMETER));
        }
        return Arrays.stream(values())
                .filter(version -> version.text.equals(asked))
                .findFirst()
                .orElseThrow(() -> new ServiceFault(
                        400,
                        "UnsupportedRequestVersion",
                        "The version of the REST API that the request names is not supported. Supported are "
                                + Arrays.stream(values()).map(ApiVersion::text).collect(Collectors.joining(", "))
                                + "."));
    }
}
