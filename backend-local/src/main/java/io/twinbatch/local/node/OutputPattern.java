package io.twinbatch.local.node;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * The pattern of an output file (<a
 * href="https://learn.microsoft.com/rest/api/batchservice/task/add#outputfile">output file</a>), as on a node with Linux:
 * {@code *} and {@code ?} match within a name, {@code **} across folders, {@code [abc]} and {@code [!abc]} a character; a
 * name that begins with a dot is matched only by a pattern that says the dot. Braces and backslashes are characters like
 * any other. It is absolute or relative to the working folder. What lies in the task's folder, or else in the folder that
 * the pattern names without a wildcard, can match; a link does not lead out of it.
 */
final class OutputPattern {
    private static final Pattern WILDCARD = Pattern.compile("[*?\\[]");
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:([A-Za-z_]\\w*)|\\{([A-Za-z_]\\w*)})");

    private final String pattern;

    /** Up to the last slash before a wildcard, or up to the file's name. */
    private final String named;

    private final String rest;

    private OutputPattern(String pattern) {
        this.pattern = pattern;
        int cut = pattern.lastIndexOf('/', firstWildcard()) + 1;
        named = pattern.substring(0, cut);
        rest = pattern.substring(cut);
    }

    /**
     * A pattern for files of a task.
     *
     * @param variables the task's, which stand for {@code $NAME} and <code>${NAME}</code>; what is no variable of the task
     *     stays as it is
     */
    static OutputPattern of(String pattern, Map<String, String> variables) {
        return new OutputPattern(VARIABLE.matcher(pattern).replaceAll(found -> {
            String name = found.group(1) == null ? found.group(2) : found.group(1);
            return Matcher.quoteReplacement(variables.getOrDefault(name, found.group()));
        }));
    }

    /** Whether it can match more than one file. */
    boolean hasWildcard() {
        return WILDCARD.matcher(pattern).find();
    }

    /** A file that matches: where it is, and its path relative to the folder that the wildcards begin in. */
    record Match(Path file, String relativePath) {}

    /** The regular files that match for a task. */
    List<Match> matches(Path taskFolder) throws IOException {
        Path folder = taskFolder.toRealPath();
        Path top = folder.resolve(NodeFolder.WORKING_FOLDER).resolve(named).normalize();
        if (!Files.isDirectory(top)) {
            return List.of();
        }
        Path bound = top.startsWith(folder) ? folder : top.toRealPath();
        if (!hasWildcard()) {
            Path file = top.resolve(rest);
            return isInside(bound, file) ? List.of(new Match(file, rest)) : List.of();
        }
        Pattern regex = regex(rest);
        try (Stream<Path> files =
                Files.walk(top, rest.contains("**") ? Integer.MAX_VALUE : depth(), new FileVisitOption[0])) {
            return files.filter(file -> isInside(bound, file))
                    .map(file -> new Match(file, top.relativize(file).toString()))
                    .filter(match -> regex.matcher(match.relativePath()).matches())
                    .sorted(Comparator.comparing(Match::relativePath))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private int firstWildcard() {
        Matcher matcher = WILDCARD.matcher(pattern);
        return matcher.find() ? matcher.start() : pattern.length();
    }

    private int depth() {
        return (int) rest.chars().filter(c -> c == '/').count() + 1;
    }

    private static boolean isInside(Path folder, Path file) {
        try {
            return Files.isRegularFile(file) && file.toRealPath().startsWith(folder);
        } catch (IOException e) {
            return false;
        }
    }

    private Pattern regex(String glob) {
        StringBuilder regex = new StringBuilder();
        int i = 0;
        while (i < glob.length()) {
            char c = glob.charAt(i);
            boolean nameStarts = i == 0 || glob.charAt(i - 1) == '/';
            String notHidden = nameStarts ? "(?!\\.)" : "";
            if (glob.startsWith("**/", i)) {
                regex.append("(?:(?!\\.)[^/]+/)*");
                i += 3;
            } else if (glob.startsWith("**", i)) {
                regex.append(notHidden).append("(?:[^/]|/(?!\\.))*");
                i += 2;
            } else if (c == '*' || c == '?') {
                regex.append(notHidden).append(c == '*' ? "[^/]*" : "[^/]");
                i++;
            } else if (c == '[' && glob.indexOf(']', i + 2) > 0) {
                int end = glob.indexOf(']', i + 2);
                regex.append(notHidden).append(characterClass(glob.substring(i + 1, end)));
                i = end + 1;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
                i++;
            }
        }
        try {
            return Pattern.compile(regex.toString(), Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw new BatchException(ErrorCode.INVALID, "output file " + pattern, "the pattern has a bad range", e);
        }
    }

    private static String characterClass(String characters) {
        boolean negated = characters.startsWith("!");
        String plain = negated ? characters.substring(1) : characters;
        return (negated ? "[^/" : "[") + plain.replaceAll("([\\\\\\[\\]^&])", "\\\\$1") + "]";
    }
}
