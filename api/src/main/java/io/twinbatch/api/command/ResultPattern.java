package io.twinbatch.api.command;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.QuotedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names what a command leaves in its folder: {@code *}, {@code ?} and {@code [a-z]} match within a name, {@code **} stands
 * for any number of folders, and placeholders for parts of the input's name.
 */
final class ResultPattern {
    /** A shell without extensions has no {@code **}; each depth is a pattern of its own. */
    private static final int MAX_FOLDERS = 8;

    private static final Pattern BRACKETS = Pattern.compile("\\[[!^]?[A-Za-z0-9_.*?-]+]");
    private static final Pattern LOOKALIKE = Pattern.compile("\\{[^{}]*}");
    private static final String ANY_FOLDERS = "**/";

    private final String text;
    private final Placeholders placeholders;

    private ResultPattern(String text, Placeholders placeholders) {
        this.text = text;
        this.placeholders = placeholders;
    }

    /**
     * Reads a pattern.
     *
     * @param placeholders what it may have
     * @throws BatchException {@code INVALID} for one that leaves the folder, has a placeholder that there is not, or
     *     cannot be read
     */
    static ResultPattern of(String text, Placeholders placeholders) {
        String relative = text.startsWith("./") ? text.substring(2) : text;
        List<String> parts = List.of(relative.split("/", -1));
        require(text, !relative.isEmpty(), "it is empty");
        require(text, relative.chars().noneMatch(Character::isISOControl), "it has a control character");
        require(
                text,
                !parts.contains("..") && !parts.contains(".") && !relative.startsWith("/"),
                "it leaves the folder in which the command runs; a pattern is relative, without '.' and '..' parts");
        require(text, !parts.contains(""), "it names a folder; results are files, such as " + relative + "*");
        require(text, relative.indexOf('\\') < 0, "it has a backslash; [*] stands for a star itself");
        int folders = relative.indexOf("**");
        boolean fits = folders < 0
                || (relative.startsWith(ANY_FOLDERS, folders)
                        && (folders == 0 || relative.charAt(folders - 1) == '/')
                        && relative.indexOf("**", folders + 2) < 0);
        require(text, fits, "** stands for folders, once, as in **/*.png");
        LOOKALIKE.matcher(relative).results().forEach(match -> requirePlaceholder(text, match.group(), placeholders));
        return new ResultPattern(relative, placeholders);
    }

    private static void requirePlaceholder(String text, String found, Placeholders placeholders) {
        Optional<Placeholder> placeholder =
                placeholders.at(found, 0).filter(known -> known.text().equals(found));
        require(text, placeholder.isPresent(), placeholders.refusal(found));
        require(
                text,
                !placeholder.get().isSeveral(),
                found + " stands for several files in a row of the table, and a pattern has one name for them");
    }

    String text() {
        return text;
    }

    /** Whether it names one file. */
    boolean isExact() {
        return parts(text).stream().noneMatch(part -> part.kind == Kind.WILDCARD);
    }

    /** The words of a shell that are expanded to the files that match. */
    String shellWords() {
        int folders = text.indexOf(ANY_FOLDERS);
        if (folders < 0) {
            return shellWord(text);
        }
        List<String> words = new ArrayList<>();
        String before = text.substring(0, folders);
        String after = text.substring(folders + ANY_FOLDERS.length());
        for (int depth = 0; depth <= MAX_FOLDERS; depth++) {
            words.add(shellWord(before + "*/".repeat(depth) + after));
        }
        return String.join(" ", words);
    }

    private String shellWord(String pattern) {
        StringBuilder word = new StringBuilder();
        for (Part part : parts(pattern)) {
            word.append(
                    switch (part.kind) {
                        case TEXT -> ShellWord.quoted(part.text);
                        case WILDCARD -> part.text;
                        case PLACEHOLDER -> "\"" + placeholder(part).expansion() + "\"";
                    });
        }
        return word.toString();
    }

    /** What it is for one input. */
    String textFor(InputValues input) {
        String filled = parts(text).stream()
                .map(part -> part.kind == Kind.PLACEHOLDER ? placeholder(part).value(input) : part.text)
                .collect(Collectors.joining());
        return filled.startsWith("./") ? filled.substring(2) : filled;
    }

    /** Whether a file in the folder itself matches it. */
    boolean matches(String candidate, InputValues input) {
        StringBuilder regex = new StringBuilder();
        String pattern = text.replace(ANY_FOLDERS, "");
        for (Part part : parts(pattern)) {
            String value = part.kind == Kind.PLACEHOLDER ? placeholder(part).value(input) : part.text;
            regex.append(
                    part.kind != Kind.WILDCARD
                            ? Pattern.quote(regex.isEmpty() && value.startsWith("./") ? value.substring(2) : value)
                            : value.equals("*") ? "[^/]*" : value.equals("?") ? "[^/]" : value.replace("[!", "[^"));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL)
                .matcher(candidate)
                .matches();
    }

    private enum Kind {
        TEXT,
        WILDCARD,
        PLACEHOLDER
    }

    private record Part(Kind kind, String text) {}

    private Placeholder placeholder(Part part) {
        return placeholders.at(part.text, 0).orElseThrow();
    }

    private List<Part> parts(String pattern) {
        List<Part> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        int i = 0;
        while (i < pattern.length()) {
            Optional<Part> special = special(pattern, i);
            if (special.isEmpty()) {
                plain.append(pattern.charAt(i));
                i++;
                continue;
            }
            if (!plain.isEmpty()) {
                parts.add(new Part(Kind.TEXT, plain.toString()));
                plain.setLength(0);
            }
            parts.add(special.get());
            i += special.get().text.length();
        }
        if (!plain.isEmpty()) {
            parts.add(new Part(Kind.TEXT, plain.toString()));
        }
        return parts;
    }

    private Optional<Part> special(String pattern, int position) {
        Optional<Placeholder> placeholder = placeholders.at(pattern, position);
        if (placeholder.isPresent()) {
            return Optional.of(new Part(Kind.PLACEHOLDER, placeholder.get().text()));
        }
        char c = pattern.charAt(position);
        if (c == '*' || c == '?') {
            return Optional.of(new Part(Kind.WILDCARD, String.valueOf(c)));
        }
        var brackets = BRACKETS.matcher(pattern).region(position, pattern.length());
        return c == '[' && brackets.lookingAt()
                ? Optional.of(new Part(Kind.WILDCARD, brackets.group()))
                : Optional.empty();
    }

    private static void require(String pattern, boolean condition, String message) {
        if (!condition) {
            throw new BatchException(ErrorCode.INVALID, "pattern " + QuotedValue.of(pattern), message);
        }
    }
}
