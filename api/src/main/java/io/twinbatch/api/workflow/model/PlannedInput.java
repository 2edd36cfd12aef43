package io.twinbatch.api.workflow.model;

import io.twinbatch.api.storage.FileRange;
import io.twinbatch.api.task.NodePath;
import io.twinbatch.api.workflow.model.TaskRow.RowFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An input with all the names that it and its output have along the way; each is unique within the run.
 *
 * @param file the local file
 * @param inputObject the object's name in the input container; safe for every store
 * @param nodePath the file's path on the node, relative to the task's working folder: short, plain ASCII
 * @param outputObject the name of its result in the output container; safe for every store
 * @param outputFileName the name of its result in the output folder, with the characters of the input's name
 * @param piece which part of an input it is; empty for a whole one
 */
public record PlannedInput(
        InputFile file,
        String inputObject,
        String nodePath,
        String outputObject,
        String outputFileName,
        Optional<Piece> piece) {
    /** Where a node places the files of rows, and where they are stored: not where the command runs, since their names there are the user's. */
    private static final String ROW_FILES = "rows";

    public PlannedInput {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(inputObject, "inputObject");
        NodePath.requireInside("input", nodePath);
        Objects.requireNonNull(outputObject, "outputObject");
        Objects.requireNonNull(outputFileName, "outputFileName");
        Objects.requireNonNull(piece, "piece");
    }

    /** A whole input. */
    public PlannedInput(
            InputFile file, String inputObject, String nodePath, String outputObject, String outputFileName) {
        this(file, inputObject, nodePath, outputObject, outputFileName, Optional.empty());
    }

    /**
     * A piece of an input that is processed in pieces.
     *
     * @param whole the input
     * @param offset where it begins in the input's file
     * @param number its number, from 1
     * @param count how many pieces the input has
     */
    public record Piece(PlannedInput whole, long offset, int number, int count) {
        public Piece {
            Objects.requireNonNull(whole, "whole");
        }
    }

    /** The input of which it is a piece, or itself. */
    public PlannedInput whole() {
        return piece.map(Piece::whole).orElse(this);
    }

    /** A piece of it, which is stored under names that are made of its own and of something that no other piece has. */
    PlannedInput piece(Piece which, long length, String end) {
        String name = file.displayName() + ", piece " + which.number() + " of " + which.count();
        return new PlannedInput(
                new InputFile(file.path(), name, length),
                inputObject + end,
                nodePath,
                outputObject + end,
                outputFileName,
                Optional.of(which));
    }

    /**
     * What is brought to the node for it: its own file, when it has one, and those of its row.
     *
     * @return in the order of {@link InputFile#sources()}
     */
    public List<StagedFile> files() {
        if (file.row().isEmpty()) {
            Optional<FileRange> range = piece.map(its -> new FileRange(its.offset(), file.size()));
            return List.of(new StagedFile(file.path(), file.size(), inputObject, nodePath, range));
        }
        List<StagedFile> files = new ArrayList<>();
        if (file.isFile()) {
            files.add(new StagedFile(file.path(), file.size(), sharedObject(file.path()), nodePath, Optional.empty()));
        }
        for (RowFile further : file.row().get().files()) {
            String place = ROW_FILES + "/" + inputObject + "/" + (files.size() + 1);
            files.add(new StagedFile(
                    further.path(), further.size(), sharedObject(further.path()), place, Optional.empty()));
        }
        return files;
    }

    /** Many rows may have the same file, which is stored once. */
    private static String sharedObject(Path path) {
        return ROW_FILES + "/"
                + new Sha256().add(path.toAbsolutePath().toString()).hex();
    }

    /**
     * A local file on its way to a node.
     *
     * @param path where it is on this machine
     * @param size how many bytes it has
     * @param object the object's name in the input container; rows with the same file share it
     * @param nodePath its path on the node, relative to the task's working folder
     * @param range the part of the file that is meant; empty for all of it
     */
    public record StagedFile(Path path, long size, String object, String nodePath, Optional<FileRange> range) {}
}
