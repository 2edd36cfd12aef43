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

    private ResultPattern(String text) {
        this.text = text;
    }

    /**
     * Reads a pattern.
     *
     * @throws BatchException {@code INVALID} for one that leaves the folder, has a placeholder that there is not, or
     *     cannot be read
     */
    static ResultPattern of(String text) {
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
        LOOKALIKE
                .matcher(relative)
                .results()
                .forEach(match -> require(
                        text,
                        Placeholder.at(match.group(), 0).map(Placeholder::text).equals(Optional.of(match.group())),
                        match.group() + " is no placeholder; there are " + Placeholder.ALL));
        return new ResultPattern(relative);
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

    private static String shellWord(String pattern) {
        StringBuilder word = new StringBuilder();
        for (Part part : parts(pattern)) {
            word.append(
                    switch (part.kind) {
                        case TEXT -> ShellWord.quoted(part.text);
                        case WILDCARD -> part.text;
                        case PLACEHOLDER ->
                            "\"" + Placeholder.at(part.text, 0).orElseThrow().expansion() + "\"";
                    });
        }
        return word.toString();
    }

    /** What it is for one input. */
    String textFor(String fileName, int number) {
        String filled = parts(text).stream()
                .map(part -> part.kind == Kind.PLACEHOLDER ? part.value(fileName, number) : part.text)
                .collect(Collectors.joining());
        return filled.startsWith("./") ? filled.substring(2) : filled;
    }

    /** Whether a file in the folder itself matches it. */
    boolean matches(String candidate, String fileName, int number) {
        StringBuilder regex = new StringBuilder();
        String pattern = text.replace(ANY_FOLDERS, "");
        for (Part part : parts(pattern)) {
            String value = part.kind == Kind.PLACEHOLDER ? part.value(fileName, number) : part.text;
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

    private record Part(Kind kind, String text) {
        String value(String fileName, int number) {
            return Placeholder.at(text, 0).orElseThrow().value(fileName, number);
        }
    }

    private static List<Part> parts(String pattern) {
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

    private static Optional<Part> special(String pattern, int position) {
        Optional<Placeholder> placeholder = Placeholder.at(pattern, position);
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
