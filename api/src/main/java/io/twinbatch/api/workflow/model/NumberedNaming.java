package io.twinbatch.api.workflow.model;

import io.twinbatch.api.workflow.model.PlannedInput.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names by numbers from 1, for programs that see their inputs under the names that these have. Input 7 lies on its node in
 * a folder {@code in-7} of its own; its results are objects called {@code results/r-7} or {@code results/r-7-1},
 * {@code results/r-7-2} and so on; those of its third piece are called {@code results/r-7.3}. In the output folder the result of {@code NAME} is {@code NAME.out}, a file or a folder,
 * with a number in it where several inputs have that name.
 */
public final class NumberedNaming implements InputNaming {
    /** The beginning of the names of the objects that hold results, without the slash. */
    public static final String RESULTS = "results";

    private static final String EXTENSION = ".out";
    private static final String FOLDER = "in-";

    /** A name that every service places on a node as it is. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9 ._+,@-]{0,98}[A-Za-z0-9_+,@-])?");

    private static final String PLACED = "input";

    @Override
    public List<PlannedInput> name(List<InputFile> inputs, Optional<String> totalFileName, ResultNames names) {
        List<String> results = names.of(
                inputs,
                input -> new FileName(input.fileName(), "", EXTENSION),
                totalFileName.stream().toList());
        List<PlannedInput> named = new ArrayList<>(inputs.size());
        for (int i = 0; i < inputs.size(); i++) {
            int number = i + 1;
            String name = inputs.get(i).fileName();
            named.add(new PlannedInput(
                    inputs.get(i),
                    FOLDER + number,
                    FOLDER + number + "/" + (PLAIN.matcher(name).matches() ? name : PLACED),
                    RESULTS + "/r-" + number,
                    results.get(i)));
        }
        return named;
    }

    /** The name of the folder that an input of a name has in the output folder when no other input has that name. */
    static String naturalFolder(String fileName) {
        return new FileName(fileName, "", EXTENSION).numbered(1);
    }

    @Override
    public PlannedInput piece(Piece which, long length) {
        return which.whole().piece(which, length, "." + which.number());
    }

    /** The number of an input; pieces of an input have its number. */
    public static int number(PlannedInput input) {
        return Integer.parseInt(id(input.whole()));
    }

    /** Identifies an input, or a piece of one: its number, and for a piece {@code NUMBER.PIECE}. */
    public static String id(PlannedInput input) {
        return input.inputObject().substring(FOLDER.length());
    }

    /** The name under which an input is placed in its folder: its own, or one that every service can write. */
    public static String placedName(PlannedInput input) {
        return input.nodePath().substring(input.nodePath().indexOf('/') + 1);
    }
}
