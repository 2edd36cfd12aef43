package io.twinbatch.app.inputs;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.api.file.FileProblem;
import io.twinbatch.api.workflow.model.InputFile;
import io.twinbatch.app.exit.UsageException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;

/**
 * Turns the user's INPUT words into files. A word is a file, a folder (everything below it), or a pattern; a word that
 * names something that exists is never taken for a pattern.
 */
public final class InputResolver {
    private static final int REPLACEMENT_CHARACTER = 0xFFFD;

    private final Path folder;
    private final InputSelection selection;
    private final Map<Object, InputFile> files = new LinkedHashMap<>();
    private final List<OmittedInput> leftOut = new ArrayList<>();
    private int repeated;

    private InputResolver(Path folder, InputSelection selection) {
        this.folder = folder;
        this.selection = selection;
    }

    /**
     * Finds the files.
     *
     * @param folder what relative words are relative to
     * @param words files, folders and patterns
     * @param listed paths of files, which are never taken for patterns; with the words at least one
     * @param selection which files of folders and patterns are inputs
     * @throws UsageException naming the first word, or file, that is missing, empty of files, or unreadable
     */
    public static ResolvedInputs resolve(
            Path folder, List<String> words, List<String> listed, InputSelection selection) {
        InputResolver resolver = new InputResolver(folder, selection);
        words.forEach(word -> resolver.add(word, true));
        listed.forEach(path -> resolver.add(path, false));
        resolver.requireComplete();
        return new ResolvedInputs(List.copyOf(resolver.files.values()), resolver.repeated, resolver.leftOut);
    }

    /** Whether all that was found is an input; asked for by a strict selection. */
    private void requireComplete() {
        if (selection.strict() && !leftOut.isEmpty()) {
            OmittedInput first = leftOut.get(0);
            throw new UsageException("input " + QuotedValue.of(first.path().toString()) + ": it " + first.reason()
                    + (leftOut.size() > 1 ? "; " + (leftOut.size() - 1) + " more like it" : "") + " (--strict)");
        }
    }

    private void add(String word, boolean patterns) {
        if (word.isEmpty()) {
            throw new UsageException("an input is empty: name a file, a folder or a pattern");
        }
        Path path = toPath(word);
        Path there = folder.resolve(path);
        if (Files.isDirectory(there)) {
            addFolder(word, path);
            return;
        }
        if (Files.exists(there)) {
            addFile(path);
            return;
        }
        if (patterns && GlobExpander.isPattern(word)) {
            addPattern(word);
            return;
        }
        throw FileProblem.of(there)
                .filter(problem -> !problem.missing())
                .map(problem -> new UsageException("input " + word + ": it " + problem.reason()))
                .orElseGet(() -> missing(word));
    }

    private static UsageException missing(String word) {
        if (word.indexOf(REPLACEMENT_CHARACTER) >= 0) {
            return new UsageException(
                    "input " + QuotedValue.of(word) + ": the name cannot be represented in the character set of this"
                            + " locale; set LC_ALL=C.UTF-8 (or another UTF-8 locale), or name its folder");
        }
        return new UsageException("input " + QuotedValue.of(word) + ": no such file or folder");
    }

    private static Path toPath(String word) {
        try {
            return Path.of(word);
        } catch (InvalidPathException e) {
            throw new UsageException(
                    "input " + QuotedValue.of(word)
                            + ": the name cannot be represented in the character set of this locale;"
                            + " set LC_ALL=C.UTF-8, or another UTF-8 locale",
                    e);
        }
    }

    private void addFolder(String word, Path path) {
        Path absolute = folder.resolve(path);
        FolderWalk walk;
        try {
            walk = FolderWalk.below(absolute);
        } catch (IOException e) {
            throw unreadable(word, e);
        }
        if (walk.files().isEmpty()) {
            throw new UsageException("input " + word + ": there is no file in this folder (hidden ones do not count)"
                    + walk.leftOut().stream()
                            .findFirst()
                            .map(first -> "; " + first.path() + " " + first.reason())
                            .orElse(""));
        }
        for (OmittedInput left : walk.leftOut()) {
            Path below = absolute.relativize(left.path());
            omit(below, path.resolve(below), left.reason());
        }
        boolean any = false;
        for (Path file : walk.files()) {
            Path below = absolute.relativize(file);
            if (selection.takes(below)) {
                any = true;
                addFound(path.resolve(below));
            }
        }
        requireAny(any, word);
    }

    private void addPattern(String word) {
        List<Path> found;
        try {
            found = new GlobExpander(folder).expand(word);
        } catch (PatternSyntaxException e) {
            throw new UsageException(
                    "input " + QuotedValue.of(word) + ": neither a file nor a pattern: " + e.getDescription(), e);
        } catch (IOException e) {
            throw unreadable(word, e);
        }
        List<Path> matching = new ArrayList<>();
        for (Path path : found) {
            Path there = folder.resolve(path);
            if (Files.isDirectory(there)) {
                continue;
            }
            FileProblem.of(there)
                    .ifPresentOrElse(problem -> omit(path, path, problem.reason()), () -> matching.add(path));
        }
        if (matching.isEmpty()) {
            throw new UsageException("input " + word + ": no file matches this pattern"
                    + leftOut.stream()
                            .findFirst()
                            .map(first -> "; " + first.path() + " " + first.reason())
                            .orElse(""));
        }
        List<Path> taken = matching.stream().filter(selection::takes).toList();
        requireAny(!taken.isEmpty(), word);
        taken.forEach(this::addFound);
    }

    private static void requireAny(boolean any, String word) {
        if (!any) {
            throw new UsageException("input " + QuotedValue.of(word) + ": --include and --exclude leave no file of it");
        }
    }

    private void omit(Path below, Path path, String reason) {
        if (selection.takes(below)) {
            leftOut.add(new OmittedInput(path, reason));
        }
    }

    /** A file that was found in a folder or by a pattern. */
    private void addFound(Path path) {
        if (hasUnreadableName(folder.resolve(path))) {
            leftOut.add(new OmittedInput(path, "has a name that is not valid UTF-8, so that it cannot be opened"));
            return;
        }
        addFile(path);
    }

    private void addFile(Path path) {
        Path there = folder.resolve(path);
        if (hasUnreadableName(there)) {
            throw new UsageException("input " + path + ": its name is not valid UTF-8, so that it cannot be opened;"
                    + " rename it, or leave it out");
        }
        InputFile file;
        try {
            file = InputFile.of(there, path.toString());
        } catch (BatchException e) {
            throw new UsageException(e.getMessage(), e);
        }
        try {
            // The real path, so that a file named in two ways, or through a link, is the same file.
            Path real = there.toRealPath();
            if (files.putIfAbsent(real, file) != null) {
                repeated++;
                if (there.toAbsolutePath().normalize().equals(real)) {
                    // The file's own name says more than that of a link to it.
                    files.put(real, file);
                }
            }
        } catch (IOException e) {
            throw unreadable(path.toString(), e);
        }
    }

    /** A path from a folder keeps the bytes of its name; what goes through text, as in most libraries, loses them. */
    private static boolean hasUnreadableName(Path path) {
        String text = path.toString();
        return text.indexOf(REPLACEMENT_CHARACTER) >= 0 && !Path.of(text).equals(path);
    }

    private UsageException unreadable(String name, IOException failure) {
        String named =
                failure instanceof FileSystemException system && system.getFile() != null ? system.getFile() : name;
        return new UsageException(
                "input " + named + ": it "
                        + FileProblem.of(folder.resolve(named), failure).reason(),
                failure);
    }
}
