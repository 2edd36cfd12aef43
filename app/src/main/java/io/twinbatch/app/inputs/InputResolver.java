package io.twinbatch.app.inputs;

import io.twinbatch.api.workflow.InputFile;
import io.twinbatch.app.UsageException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
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
    private final Map<Object, InputFile> files = new LinkedHashMap<>();
    private int repeated;

    private InputResolver(Path folder) {
        this.folder = folder;
    }

    /**
     * Finds the files.
     *
     * @param folder what relative words are relative to
     * @param words at least one
     * @throws UsageException naming the first word, or file, that is missing, empty of files, or unreadable
     */
    public static ResolvedInputs resolve(Path folder, List<String> words) {
        InputResolver resolver = new InputResolver(folder);
        words.forEach(resolver::add);
        return new ResolvedInputs(List.copyOf(resolver.files.values()), resolver.repeated);
    }

    private void add(String word) {
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
        if (GlobExpander.isPattern(word)) {
            addPattern(word);
            return;
        }
        throw Files.isSymbolicLink(there)
                ? new UsageException("input " + word + ": the symbolic link leads nowhere")
                : missing(word);
    }

    private static UsageException missing(String word) {
        if (word.indexOf(REPLACEMENT_CHARACTER) >= 0) {
            return new UsageException("input " + word + ": the name cannot be represented in the character set of this"
                    + " locale; set LC_ALL=C.UTF-8 (or another UTF-8 locale), or name the folder that it is in");
        }
        return new UsageException("input " + word + ": no such file or folder");
    }

    private static Path toPath(String word) {
        try {
            return Path.of(word);
        } catch (InvalidPathException e) {
            throw new UsageException(
                    "input " + word + ": the name cannot be represented in the character set of this locale;"
                            + " set LC_ALL=C.UTF-8, or another UTF-8 locale",
                    e);
        }
    }

    private void addFolder(String word, Path path) {
        List<Path> found;
        try {
            found = FolderWalk.filesBelow(folder.resolve(path));
        } catch (IOException e) {
            throw unreadable(word, e);
        }
        if (found.isEmpty()) {
            throw new UsageException("input " + word + ": there is no file in this folder (hidden ones do not count)");
        }
        Path absolute = folder.resolve(path);
        found.forEach(file -> addFile(path.resolve(absolute.relativize(file))));
    }

    private void addPattern(String word) {
        List<Path> found;
        try {
            found = new GlobExpander(folder).expand(word);
        } catch (PatternSyntaxException e) {
            throw new UsageException(
                    "input " + word + ": no such file, and no pattern either: " + e.getDescription(), e);
        } catch (IOException e) {
            throw unreadable(word, e);
        }
        List<Path> matching = found.stream()
                .filter(path -> Files.isRegularFile(folder.resolve(path)))
                .toList();
        if (matching.isEmpty()) {
            throw new UsageException("input " + word + ": no file matches this pattern");
        }
        matching.forEach(this::addFile);
    }

    private void addFile(Path path) {
        Path there = folder.resolve(path);
        if (hasUnreadableName(there)) {
            throw new UsageException("input " + path + ": its name is not valid UTF-8, so that it cannot be opened;"
                    + " rename it, or leave it out");
        }
        if (!Files.isRegularFile(there)) {
            throw new UsageException("input " + path + ": it is not a regular file");
        }
        if (!Files.isReadable(there)) {
            throw new UsageException("input " + path + ": it cannot be read: permission denied");
        }
        try {
            InputFile file = new InputFile(there, path.toString(), Files.size(there));
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

    private static UsageException unreadable(String name, IOException failure) {
        if (failure instanceof AccessDeniedException denied) {
            return new UsageException("input " + denied.getFile() + ": it cannot be read: permission denied", failure);
        }
        return new UsageException("input " + name + ": it cannot be read: " + failure.getMessage(), failure);
    }
}
