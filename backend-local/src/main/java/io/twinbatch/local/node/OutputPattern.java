package io.twinbatch.local.node;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.task.NodePath;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * The pattern of an output file (<a
 * href="https://learn.microsoft.com/rest/api/batchservice/task/add#outputfile">output file</a>): {@code *} and
 * {@code ?} match within a name, {@code **} across folders, {@code [abc]} and {@code [!abc]} a character; a name that
 * begins with a dot is matched only by a pattern that says the dot. It is relative to the working folder, and
 * {@code ../} reaches the task's own folder, never beyond.
 */
final class OutputPattern {
    private static final Pattern WILDCARD = Pattern.compile("[*?\\[]");
    private static final String PARENT = "../";

    private final String pattern;
    private final String base;
    private final String rest;

    OutputPattern(String pattern) {
        this.pattern = NodePath.requirePatternInside("output file", pattern);
        String relative = pattern.startsWith(PARENT) ? pattern.substring(PARENT.length()) : pattern;
        base = pattern.startsWith(PARENT) ? "" : NodeFolder.WORKING_FOLDER;
        rest = relative;
    }

    /** Whether it can match more than one file. */
    boolean hasWildcard() {
        return WILDCARD.matcher(rest).find();
    }

    /** A file that matches: where it is, and its path relative to the folder that the wildcards begin in. */
    record Match(Path file, String relativePath) {}

    /** The regular files that match below a task's folder; a link is followed only to files inside it. */
    List<Match> matches(Path taskFolder) throws IOException {
        Path folder = taskFolder.toRealPath();
        Path start = folder.resolve(base);
        if (!hasWildcard()) {
            Path file = start.resolve(rest);
            return isInside(folder, file)
                    ? List.of(new Match(file, file.getFileName().toString()))
                    : List.of();
        }
        int cut = rest.lastIndexOf('/', firstWildcard()) + 1;
        Path top = start.resolve(rest.substring(0, cut));
        if (!Files.isDirectory(top)) {
            return List.of();
        }
        Pattern regex = regex(rest.substring(cut));
        try (Stream<Path> files =
                Files.walk(top, rest.contains("**") ? Integer.MAX_VALUE : depth(cut), new FileVisitOption[0])) {
            return files.filter(file -> isInside(folder, file))
                    .map(file -> new Match(file, top.relativize(file).toString()))
                    .filter(match -> regex.matcher(match.relativePath()).matches())
                    .sorted(java.util.Comparator.comparing(Match::relativePath))
                    .toList();
        }
    }

    private int firstWildcard() {
        var matcher = WILDCARD.matcher(rest);
        return matcher.find() ? matcher.start() : rest.length();
    }

    private int depth(int cut) {
        return (int) rest.substring(cut).chars().filter(c -> c == '/').count() + 1;
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
