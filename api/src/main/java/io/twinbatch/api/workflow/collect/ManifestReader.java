package io.twinbatch.api.workflow.collect;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads manifests. The format: a first line {@code twinbatch-manifest 1 COUNT}, then COUNT lines
 * {@code SHA256 SIZE NAME}, each ended by a line feed; NAME is the object's name, percent-encoded UTF-8. Anything else
 * is refused, so that a manifest that was cut off is never taken for a shorter one. Programs of the shell write another
 * format, see {@link ShellManifest}.
 */
public final class ManifestReader {
    private static final Pattern HEADER = Pattern.compile("twinbatch-manifest 1 (0|[1-9][0-9]{0,8})");
    private static final Pattern ENTRY = Pattern.compile("([0-9a-f]{64}) (0|[1-9][0-9]{0,17}) ([!-~]+)");

    /**
     * Reads a manifest.
     *
     * @param what whose manifest it is, for the message
     * @param text the manifest
     * @throws BatchException {@code INVALID} when it is not in the format
     */
    public Manifest read(String what, String text) {
        if (ShellManifest.isOne(text)) {
            return new ShellManifest(what, text).read();
        }
        String[] lines = text.split("\n", -1);
        Matcher header = HEADER.matcher(lines[0]);
        if (!header.matches()) {
            throw malformed(what, "the first line is not that of a manifest");
        }
        int count = Integer.parseInt(header.group(1));
        // The last line feed leaves an empty piece behind the last line.
        if (lines.length != count + 2 || !lines[count + 1].isEmpty()) {
            throw malformed(what, "it does not have the " + count + " lines that it announces");
        }
        Map<String, Manifest.Entry> entries = new HashMap<>();
        for (int i = 1; i <= count; i++) {
            Matcher entry = ENTRY.matcher(lines[i]);
            if (!entry.matches()) {
                throw malformed(what, "line " + (i + 1) + " is not a hash, a size and a name");
            }
            String name = decode(what, entry.group(3));
            Manifest.Entry value = new Manifest.Entry(Long.parseLong(entry.group(2)), entry.group(1));
            if (entries.put(name, value) != null) {
                throw malformed(what, "it lists " + name + " twice");
            }
        }
        return new Manifest(entries);
    }

    private static String decode(String what, String encoded) {
        byte[] bytes = new byte[encoded.length()];
        int length = 0;
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c != '%') {
                bytes[length++] = (byte) c;
                continue;
            }
            if (i + 2 >= encoded.length()
                    || !HexFormat.isHexDigit(encoded.charAt(i + 1))
                    || !HexFormat.isHexDigit(encoded.charAt(i + 2))) {
                throw malformed(what, "the name " + encoded + " is not percent-encoded");
            }
            bytes[length++] = (byte) HexFormat.fromHexDigits(encoded, i + 1, i + 3);
            i += 2;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    static BatchException malformed(String what, String message) {
        return new BatchException(ErrorCode.INVALID, "manifest of " + what, message);
    }
}
