package io.twinbatch.app.inputs;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * The regular files below a folder, sorted. Hidden files and folders are left out; symbolic links are followed, those
 * that lead back to a folder above, or nowhere, are left out.
 */
final class FolderWalk extends SimpleFileVisitor<Path> {
    private final Path start;
    private final List<Path> files = new ArrayList<>();

    private FolderWalk(Path start) {
        this.start = start;
    }

    /**
     * Finds the files.
     *
     * @throws IOException when a folder or file cannot be looked at; its message is the path
     */
    static List<Path> filesBelow(Path folder) throws IOException {
        FolderWalk walk = new FolderWalk(folder);
        Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walk);
        return walk.files.stream().sorted().toList();
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return isHidden(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile() && !isHidden(file)) {
            files.add(file);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        // A link in a circle and a link to nothing both come here; neither is a file to process.
        if (Files.isSymbolicLink(file) || isHidden(file)) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }

    private boolean isHidden(Path path) {
        return !path.equals(start) && path.getFileName().toString().startsWith(".");
    }
}
