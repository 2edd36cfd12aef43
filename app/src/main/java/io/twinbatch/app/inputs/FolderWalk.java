package io.twinbatch.app.inputs;

import io.twinbatch.api.file.FileProblem;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;

/**
 * The regular files below a folder, sorted. Hidden files and folders do not count; symbolic links are followed. What cannot
 * be read as a file, such as a link to nothing or to a folder above, a FIFO or a folder without permission, is left out and
 * named.
 */
final class FolderWalk extends SimpleFileVisitor<Path> {
    private final Path start;
    private final List<Path> files = new ArrayList<>();
    private final List<OmittedInput> leftOut = new ArrayList<>();

    private FolderWalk(Path start) {
        this.start = start;
    }

    /**
     * Looks at everything below a folder.
     *
     * @throws IOException when the folder itself cannot be read
     */
    static FolderWalk below(Path folder) throws IOException {
        FolderWalk walk = new FolderWalk(folder);
        Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walk);
        return walk;
    }

    /** The files, sorted. */
    List<Path> files() {
        return files.stream().sorted().toList();
    }

    /** What is not hidden and no file that can be read, sorted. */
    List<OmittedInput> leftOut() {
        return leftOut.stream().sorted(Comparator.comparing(OmittedInput::path)).toList();
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return isHidden(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (!isHidden(file)) {
            FileProblem.of(file)
                    .ifPresentOrElse(
                            problem -> leftOut.add(new OmittedInput(file, problem.reason())), () -> files.add(file));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        if (file.equals(start)) {
            throw failure;
        }
        if (!isHidden(file)) {
            leftOut.add(new OmittedInput(file, FileProblem.of(file, failure).reason()));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
        return failure == null ? FileVisitResult.CONTINUE : visitFileFailed(folder, failure);
    }

    private boolean isHidden(Path path) {
        return !path.equals(start) && path.getFileName().toString().startsWith(".");
    }
}
