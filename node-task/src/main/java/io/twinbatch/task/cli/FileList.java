package io.twinbatch.task.cli;

import io.twinbatch.task.FileReason;
import io.twinbatch.task.PercentNames;
import io.twinbatch.task.PlainText;
import io.twinbatch.task.TaskException;
import io.twinbatch.task.TaskExitCode;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads a list of inputs: one a line, {@code PATH<TAB>OUTPUTNAME}, in UTF-8, the output's name percent-encoded. */
final class FileList {
    private FileList() {}

    /** @param merge whether the inputs have one result together; then a line may be a path alone */
    static List<Input> read(File file, boolean merge) throws TaskException {
        String text = text(file);
        List<Input> inputs = new ArrayList<>();
        int number = 0;
        int from = 0;
        while (from < text.length()) {
            int newline = text.indexOf('\n', from);
            int to = newline < 0 ? text.length() : newline;
            number++;
            if (to > from) {
                inputs.add(input(text.substring(from, to), file, number, merge));
            }
            from = to + 1;
        }
        if (inputs.isEmpty()) {
            throw TaskException.usage("the list '" + PlainText.text(file.getPath()) + "' names no input");
        }
        return inputs;
    }

    private static Input input(String line, File file, int number, boolean merge) throws TaskException {
        int tab = line.indexOf('\t');
        String path = tab < 0 ? line : line.substring(0, tab);
        if (path.isEmpty() || (tab < 0 && !merge)) {
            throw TaskException.usage("line " + number + " of the list '" + PlainText.text(file.getPath())
                    + "' is not of the form PATH<TAB>OUTPUTNAME");
        }
        return new Input(new File(path), merge ? null : PercentNames.decode(line.substring(tab + 1)));
    }

    private static String text(File file) throws TaskException {
        try (FileInputStream in = new FileInputStream(file)) {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(in.readAllBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw TaskException.usage("the list '" + PlainText.text(file.getPath()) + "' is not UTF-8");
        } catch (IOException e) {
            throw new TaskException(
                    TaskExitCode.CANNOT_READ,
                    "cannot read the list '" + PlainText.text(file.getPath()) + "': " + FileReason.of(e),
                    e);
        }
    }
}
