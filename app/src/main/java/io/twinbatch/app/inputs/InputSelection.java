package io.twinbatch.app.inputs;

import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.app.exit.UsageException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * Which files of folders and patterns are inputs. A file that is named itself is always one.
 *
 * <p>A pattern without a slash is compared with names: an include with the name of the file, an exclude with the name of
 * the file and of each folder above it. A pattern with a slash is compared with the path below the folder.
 *
 * @param include patterns of which one must match; empty when every file is taken
 * @param exclude patterns of which none may match
 * @param strict whether something that cannot be an input is an error instead of being left out
 */
public record InputSelection(List<String> include, List<String> exclude, boolean strict) {
    /** Takes every file. */
    public static final InputSelection ALL = new InputSelection(List.of(), List.of(), false);

    /** @throws UsageException for a malformed pattern */
    public InputSelection {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        include.forEach(pattern -> matcher("--include", pattern));
        exclude.forEach(pattern -> matcher("--exclude", pattern));
    }

    /** Whether a file is an input, by its path below the folder that was named. */
    boolean takes(Path path) {
        return (include.isEmpty() || include.stream().anyMatch(pattern -> matches("--include", pattern, path)))
                && exclude.stream().noneMatch(pattern -> excludes(pattern, path));
    }

    private static boolean excludes(String pattern, Path path) {
        for (int parts = 1; parts <= path.getNameCount(); parts++) {
            if (matches("--exclude", pattern, path.subpath(0, parts))) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String option, String pattern, Path path) {
        return matcher(option, pattern).matches(pattern.contains("/") ? path : path.getFileName());
    }

    private static PathMatcher matcher(String option, String pattern) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + pattern.replaceFirst("/$", ""));
        } catch (PatternSyntaxException e) {
            throw new UsageException(
                    option + " " + QuotedValue.of(pattern) + ": not a pattern: " + e.getDescription(), e);
        }
    }
}
