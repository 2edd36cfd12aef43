package io.twinbatch.local.node;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.api.task.OutputFile;
import io.twinbatch.api.task.ResourceFile;
import io.twinbatch.api.task.TaskFile;
import io.twinbatch.local.disk.DiskFull;
import io.twinbatch.local.disk.FolderTree;
import io.twinbatch.local.disk.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a piece of work: its folder, what is brought there for it, and what becomes of what it has written.
 *
 * @param spec the work
 * @param transfer carries files
 */
public record WorkFiles(WorkSpec spec, NodeTransfer transfer) {
    /** How much of a task's standard output, and of its standard error, is kept. */
    public static final long MAX_OUTPUT_BYTES = 1L << 30;

    private static final Logger LOG = LoggerFactory.getLogger(WorkFiles.class);
    private static final List<String> STREAMS = List.of(TaskFile.STDOUT, TaskFile.STDERR);

    /** Makes the folder anew and fetches what the work needs, unless it is to stay; returns why that failed. */
    Optional<FailureInfo> bring() throws InterruptedException {
        if (!(spec.start() instanceof FolderStart.Anew start)) {
            return Optional.empty();
        }
        Path workingFolder = spec.folder().resolve(NodeFolder.WORKING_FOLDER);
        try {
            makeAnew(spec.nodeRoot(), spec.folder());
            PrivateFiles.createOne(workingFolder);
            PrivateFiles.createOne(spec.folder().resolve(NodeFolder.CERTIFICATES));
        } catch (IOException e) {
            String code = DiskFull.isBehind(e) ? "DiskFull" : "NodeFolderCreateFailed";
            return Optional.of(FailureInfo.of(code, "the task's folder could not be made: " + FailureReason.of(e)));
        }
        try {
            fetch(start.files(), start.containers(), spec.folder());
            fetch(spec.resourceFiles(), spec.containers(), workingFolder);
        } catch (NodeTransfer.TransferFailed e) {
            return Optional.of(e.failure());
        }
        return Optional.empty();
    }

    private void fetch(List<ResourceFile> files, List<ContainerFiles> containers, Path folder)
            throws NodeTransfer.TransferFailed, InterruptedException {
        for (ResourceFile file : files) {
            transfer.fetch(file, folder);
        }
        for (ContainerFiles source : containers) {
            transfer.fetch(source, folder);
        }
    }

    /** Makes an empty folder; most often nothing is there yet, and that costs one call. */
    private static void makeAnew(Path nodeRoot, Path folder) throws IOException {
        try {
            PrivateFiles.createOne(folder);
        } catch (NoSuchFileException e) {
            if (!Files.isDirectory(nodeRoot)) {
                // Somebody has deleted the node's folder, and the engine has to learn of it.
                throw e;
            }
            PrivateFiles.createFolder(folder);
        } catch (FileAlreadyExistsException e) {
            FolderTree.delete(folder);
            PrivateFiles.createOne(folder);
        }
    }

    /** Whether the standard output or error is longer than what is kept of it. */
    boolean areTooLong() {
        return STREAMS.stream().anyMatch(name -> sizeOf(name) > MAX_OUTPUT_BYTES);
    }

    private long sizeOf(String name) {
        // A file that is not there has the length zero.
        return spec.folder().resolve(name).toFile().length();
    }

    /** What was written between the limit and the end is not kept: it may be as much again. */
    void cut() {
        for (String name : STREAMS) {
            if (sizeOf(name) <= MAX_OUTPUT_BYTES) {
                continue;
            }
            try (FileChannel file = FileChannel.open(
                    spec.folder().resolve(name), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                file.truncate(MAX_OUTPUT_BYTES);
            } catch (IOException e) {
                LOG.warn("The output {} of {} could not be cut: {}", name, spec.folder(), FailureReason.of(e));
            }
        }
    }

    /** What is to be uploaded after such an end. */
    List<OutputFile> wanted(int exitCode) {
        if (exitCode != 0 && !spec.uploadsAfterFailure()) {
            return List.of();
        }
        return spec.outputFiles().stream()
                .filter(output -> switch (output.condition()) {
                    case SUCCESS -> exitCode == 0;
                    case FAILURE -> exitCode != 0;
                    case COMPLETION -> true;
                })
                .toList();
    }

    /** Uploads outputs; returns why that failed. */
    Optional<FailureInfo> upload(List<OutputFile> outputs) throws InterruptedException {
        try {
            for (OutputFile output : outputs) {
                uploadMatches(output);
            }
            return Optional.empty();
        } catch (NodeTransfer.TransferFailed e) {
            return Optional.of(e.failure());
        } catch (IOException | UncheckedIOException | InvalidPathException | BatchException e) {
            return Optional.of(
                    FailureInfo.of("FileUploadMiscError", "the output files cannot be read: " + FailureReason.of(e)));
        }
    }

    private void uploadMatches(OutputFile output)
            throws IOException, NodeTransfer.TransferFailed, InterruptedException {
        OutputPattern pattern = OutputPattern.of(output.pattern(), spec.environment());
        for (OutputPattern.Match match : pattern.matches(spec.folder())) {
            String name = output.path();
            if (name.isEmpty()) {
                name = match.relativePath();
            } else if (pattern.hasWildcard()) {
                name = name.endsWith("/") ? name + match.relativePath() : name + "/" + match.relativePath();
            }
            transfer.upload(match.file(), output.container(), name);
        }
    }
}
