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
 */
public final class InputSelection {
    /** Takes every file. */
    public static final InputSelection ALL = new InputSelection(List.of(), List.of(), false);

    private final List<NamePattern> include;
    private final List<NamePattern> exclude;
    private final boolean strict;

    /**
     * Selects by patterns.
     *
     * @param include patterns of which one must match; empty when every file is taken
     * @param exclude patterns of which none may match
     * @param strict whether something that cannot be an input is an error instead of being left out
     * @throws UsageException for a malformed pattern
     */
    public InputSelection(List<String> include, List<String> exclude, boolean strict) {
        this.include =
                include.stream().map(text -> NamePattern.of("--include", text)).toList();
        this.exclude =
                exclude.stream().map(text -> NamePattern.of("--exclude", text)).toList();
        this.strict = strict;
    }

    /** Whether something that cannot be an input is an error. */
    boolean strict() {
        return strict;
    }

    /** Whether a file is an input, by its path below the folder that was named. */
    boolean takes(Path path) {
        return (include.isEmpty() || include.stream().anyMatch(pattern -> pattern.matches(path)))
                && exclude.stream().noneMatch(pattern -> pattern.matchesPartOf(path));
    }

    private record NamePattern(PathMatcher matcher, boolean ofPaths) {
        static NamePattern of(String option, String text) {
            try {
                PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + text.replaceFirst("/$", ""));
                return new NamePattern(matcher, text.contains("/"));
            } catch (PatternSyntaxException e) {
                throw new UsageException(
                        option + " " + QuotedValue.of(text) + ": not a pattern: " + e.getDescription(), e);
            }
        }

        boolean matches(Path path) {
            return matcher.matches(ofPaths ? path : path.getFileName());
        }

        boolean matchesPartOf(Path path) {
            for (int parts = 1; parts <= path.getNameCount(); parts++) {
                if (matches(path.subpath(0, parts))) {
                    return true;
                }
            }
            return false;
        }
    }
}
