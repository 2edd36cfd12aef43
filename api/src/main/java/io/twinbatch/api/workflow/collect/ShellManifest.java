package io.twinbatch.api.workflow.collect;

import io.twinbatch.api.workflow.collect.Manifest.NamedOutput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A manifest as a shell and the programs of coreutils write it without naming an output twice. After a first line
 * {@code twinbatch-manifest 2 BEGINNING} there are lines, each ended by a line feed, and the last one is {@code end}:
 *
 * <pre>file ITEM PATH&lt;NUL&gt;      the task has named an output; PATH holds any bytes but NUL
 * SHA256  ITEM
 * size BYTES ITEM
 * failed NUMBER EXITCODE      what was run for an input has failed</pre>
 *
 * <p>An output is the object {@code BEGINNING + ITEM}. ITEM is {@code r-NUMBER}, the only output for an input, or
 * {@code r-NUMBER-COUNT}. For a piece of an input NUMBER is {@code NUMBER.PIECE}.
 */
final class ShellManifest {
    private static final String HEADER = "twinbatch-manifest 2 ";
    private static final String FILE = "file ";
    private static final String INPUT = "[1-9][0-9]{0,8}(?:\\.[1-9][0-9]{0,8})?";
    private static final String OF_INPUT = "r-" + INPUT;
    private static final String ITEM = "(" + OF_INPUT + "(?:-[1-9][0-9]{0,8})?)";
    private static final Pattern SUM = Pattern.compile("([0-9a-f]{64}) [ *]" + ITEM);
    private static final Pattern SIZE = Pattern.compile("size (0|[1-9][0-9]{0,17}) " + ITEM);
    private static final Pattern FAILED = Pattern.compile("failed " + INPUT + " [0-9]{1,3}");
    private static final Pattern NAMED = Pattern.compile("(" + OF_INPUT + ")-([1-9][0-9]{0,8}) (.+)", Pattern.DOTALL);

    private final String what;
    private final String text;
    private final Map<String, String> sums = new HashMap<>();
    private final Map<String, Long> sizes = new HashMap<>();
    private final Map<String, List<NamedOutput>> files = new HashMap<>();
    private final Set<String> paths = new HashSet<>();
    private String beginning = "";
    private int position;

    /**
     * A manifest to be read.
     *
     * @param what whose manifest it is, for the message
     * @param text the manifest, a character for each byte
     */
    ShellManifest(String what, String text) {
        this.what = what;
        this.text = text;
    }

    static boolean isOne(String text) {
        return text.startsWith(HEADER);
    }

    /** Throws a {@code BatchException} with {@code INVALID} when it is not in the format. */
    Manifest read() {
        beginning = upTo("\n").substring(HEADER.length());
        String line = "";
        while (!line.equals("end")) {
            line = text.startsWith(FILE, position) ? file() : line();
        }
        if (position != text.length()) {
            throw malformed("it goes on behind its end");
        }
        Map<String, Manifest.Entry> entries = new HashMap<>();
        sums.forEach((item, sum) -> {
            if (!sizes.containsKey(item)) {
                throw malformed("it has no size of " + item);
            }
            entries.put(item, new Manifest.Entry(sizes.get(item), sum));
        });
        return new Manifest(entries, files);
    }

    private String file() {
        position += FILE.length();
        Matcher named = NAMED.matcher(upTo("\0\n"));
        if (!named.matches()) {
            throw malformed("it names a file that is no result");
        }
        String item = named.group(1) + "-" + named.group(2);
        String path = new String(named.group(3).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        String input = beginning + named.group(1);
        if (!paths.add(input + "/" + path)) {
            throw malformed("it lists a file twice");
        }
        files.computeIfAbsent(input, key -> new ArrayList<>()).add(new NamedOutput(beginning + item, path));
        return "";
    }

    private String line() {
        String line = upTo("\n");
        Matcher sum = SUM.matcher(line);
        Matcher size = SIZE.matcher(line);
        if (sum.matches()) {
            sums.put(beginning + sum.group(2), sum.group(1));
        } else if (size.matches()) {
            sizes.put(beginning + size.group(2), Long.parseLong(size.group(1)));
        } else if (!line.equals("end") && !FAILED.matcher(line).matches()) {
            throw malformed("a line of it is none of a manifest");
        }
        return line;
    }

    private String upTo(String end) {
        int found = text.indexOf(end, position);
        if (found < 0) {
            throw malformed("it is cut off");
        }
        String part = text.substring(position, found);
        position = found + end.length();
        return part;
    }

    private RuntimeException malformed(String message) {
        return ManifestReader.malformed(what, message);
    }
}
