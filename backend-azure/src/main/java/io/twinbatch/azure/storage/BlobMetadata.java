package io.twinbatch.azure.storage;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Metadata travels in HTTP headers: this checks what fits there before it is sent, and evens out what comes back. */
final class BlobMetadata {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** Printable ASCII; a header loses the spaces at its ends, so a value has none there. */
    private static final Pattern VALUE = Pattern.compile("|[!-~]|[!-~][ -~]*[!-~]");

    private BlobMetadata() {}

    /** The metadata when it can be stored unchanged; {@code INVALID} otherwise. */
    static Map<String, String> checked(String resource, Map<String, String> metadata) {
        metadata.forEach((name, value) -> {
            if (!NAME.matcher(name).matches()) {
                throw new BatchException(
                        ErrorCode.INVALID,
                        resource,
                        "the metadata name '" + name + "' has to consist of letters, digits and underscores,"
                                + " and not begin with a digit");
            }
            if (!VALUE.matcher(value).matches()) {
                throw new BatchException(
                        ErrorCode.INVALID,
                        resource,
                        "the metadata value of '" + name + "' has to be printable ASCII without spaces at its ends");
            }
        });
        return fromService(metadata);
    }

    /** Metadata with its names in lower case: some services keep the case of a name, some do not. */
    static Map<String, String> fromService(Map<String, String> metadata) {
        Map<String, String> even = new TreeMap<>();
        if (metadata != null) {
            metadata.forEach((name, value) -> even.put(name.toLowerCase(Locale.ROOT), value == null ? "" : value));
        }
        return even;
    }
}
