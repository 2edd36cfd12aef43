package io.twinbatch.app.inputs;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * Expands patterns that the shell has left alone: {@code *}, {@code ?}, {@code [abc]}, {@code {a,b}} within a name,
 * {@code **} across folders. Hidden files are matched only by a pattern that begins with a dot itself.
 */
final class GlobExpander {
    private final Path folder;

    /** Expands patterns relative to a folder. */
    GlobExpander(Path folder) {
        this.folder = folder;
    }

    static boolean isPattern(String text) {
        return text.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '{');
    }

    /**
     * The existing paths that a pattern matches, sorted; relative when the pattern is.
     *
     * @throws PatternSyntaxException when the pattern is not one
     * @throws IOException when a folder cannot be read
     */
    List<Path> expand(String pattern) throws IOException {
        boolean absolute = pattern.startsWith("/");
        List<String> parts =
                Stream.of(pattern.split("/")).filter(part -> !part.isEmpty()).toList();
        List<Path> found = new ArrayList<>();
        expand(absolute ? Path.of("/") : Path.of(""), parts, found);
        return found.stream().distinct().sorted().toList();
    }

    private void expand(Path base, List<String> parts, List<Path> found) throws IOException {
        if (parts.isEmpty()) {
            found.add(base);
            return;
        }
        String part = parts.get(0);
        List<String> rest = parts.subList(1, parts.size());
        if (part.equals("**")) {
            expandFolders(base, parts, found);
            return;
        }
        if (!isPattern(part)) {
            Path next = base.resolve(part);
            if (Files.exists(folder.resolve(next))) {
                expand(next, rest, found);
            }
            return;
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + part.replace("**", "*"));
        for (Path name : names(base)) {
            boolean visible = part.startsWith(".") || !name.toString().startsWith(".");
            if (visible && matcher.matches(name)) {
                Path next = base.resolve(name);
                if (rest.isEmpty() || Files.isDirectory(folder.resolve(next))) {
                    expand(next, rest, found);
                }
            }
        }
    }

    /** Two stars stand for no folder, or for any number of them; links to folders are not followed, as in shells. */
    private void expandFolders(Path base, List<String> parts, List<Path> found) throws IOException {
        List<String> rest = parts.subList(1, parts.size());
        expand(base, rest.isEmpty() ? List.of("*") : rest, found);
        for (Path name : names(base)) {
            Path next = base.resolve(name);
            Path there = folder.resolve(next);
            if (!name.toString().startsWith(".") && Files.isDirectory(there) && !Files.isSymbolicLink(there)) {
                expandFolders(next, parts, found);
            }
        }
    }

    private List<Path> names(Path base) throws IOException {
        Path there = folder.resolve(base);
        if (!Files.isDirectory(there)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(there)) {
            return entries.map(Path::getFileName).sorted().toList();
        }
    }
}
