package io.twinbatch.local.emulator.file;

import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.local.emulator.http.ServiceFault;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file.
 *
 * @param start its first byte
 * @param length how many bytes it has
 */
record ByteRange(long start, long length) {
    private static final Pattern FORM = Pattern.compile("bytes=(\\d{1,18})-(\\d{1,18})?");

    /**
     * Understands a range of bytes.
     *
     * @param size how long the file is
     * @throws ServiceFault 416 when it is none, or begins behind the end
     */
    static ByteRange of(String text, long size) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw invalid(text);
        }
        long start = Long.parseLong(form.group(1));
        long last = form.group(2) == null ? size - 1 : Math.min(Long.parseLong(form.group(2)), size - 1);
        if (start >= size || last < start) {
            throw invalid(text);
        }
        return new ByteRange(start, last - start + 1);
    }

    private static ServiceFault invalid(String text) {
        return new ServiceFault(
                416,
                "InvalidRange",
                "The range specified is invalid for the current size of the file.",
                Map.of("ocp-range", QuotedValue.of(text)));
    }
}
