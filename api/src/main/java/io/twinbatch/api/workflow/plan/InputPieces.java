package io.twinbatch.api.workflow.plan;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.storage.FileRange;
import io.twinbatch.api.workflow.model.PieceJoin;
import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.PlannedInput.Piece;
import io.twinbatch.api.workflow.model.RunRequest;
import io.twinbatch.api.workflow.model.TaskProgram;
import java.util.ArrayList;
import java.util.List;

/**
 * The pieces of large inputs.
 *
 * @param request says from which size on an input is processed in pieces
 */
record InputPieces(RunRequest request) {
    /** Throws {@code INVALID} for a program whose results cannot be put together. */
    List<PlannedInput> of(List<PlannedInput> inputs) {
        if (request.splitSize().isEmpty()) {
            return inputs;
        }
        PieceJoin ignored = join();
        List<PlannedInput> pieces = new ArrayList<>();
        inputs.forEach(input -> pieces.addAll(of(input, request.splitSize().get())));
        return pieces;
    }

    private List<PlannedInput> of(PlannedInput input, long size) {
        if (input.file().row().isPresent()) {
            throw new BatchException(
                    ErrorCode.INVALID, "", "a row of a table is one task, and its input cannot be split");
        }
        List<FileRange> ranges = FileCutter.cut(input.file(), size);
        if (ranges.size() == 1) {
            return List.of(input);
        }
        List<PlannedInput> pieces = new ArrayList<>();
        for (FileRange range : ranges) {
            Piece piece = new Piece(input, range.offset(), pieces.size() + 1, ranges.size());
            pieces.add(request.program().naming().piece(piece, range.length()));
        }
        return pieces;
    }

    private PieceJoin join() {
        TaskProgram program = request.program();
        return program.pieces()
                .orElseThrow(() -> new BatchException(
                        ErrorCode.INVALID,
                        "",
                        "the results of this program for the pieces of an input cannot be put" + " together"));
    }

    /** Whether the tasks of a group leave what is put together with others. */
    boolean needCounts(List<PlannedInput> group) {
        return group.get(0).piece().isPresent() && join().joinsCounts();
    }
}
