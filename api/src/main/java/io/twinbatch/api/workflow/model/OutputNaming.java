package io.twinbatch.api.workflow.model;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names inputs and outputs along their way. The same inputs in the same order always get the same names in a new folder.
 *
 * <p>The result of {@code NAME.txt} is {@code NAME_OUTPUT.txt}, and that of {@code NAME.EXT}, which is a text all the same,
 * {@code NAME.EXT_OUTPUT.txt}. Of several inputs whose results would have the same
 * name, case aside, the first one's has it and the others' are {@code NAME-2_OUTPUT.EXT} and so on. In the output
 * folder a result keeps the characters of its input's name. As objects, inputs and outputs have names of letters and
 * digits of any script, blanks and {@code ._-()+,@=}; everything else becomes an underscore.
 */
public final class OutputNaming implements InputNaming {
    private static final String SUFFIX = "_OUTPUT";
    private static final String EXTENSION = ".txt";
    private static final String SAFE_PUNCTUATION = " ._-()+,@=";
    private static final int MAX_OBJECT_BYTES = 200;
    private static final Pattern PLAIN_EXTENSION = Pattern.compile("\\.[A-Za-z0-9]{1,10}");

    /** The name of a file's result when nothing else has that name. */
    public static String naturalName(String fileName) {
        return resultName(fileName).numbered(1);
    }

    private static FileName resultName(String fileName) {
        FileName parts = FileName.of(fileName, SUFFIX);
        return parts.extension().equalsIgnoreCase(EXTENSION)
                ? new FileName(parts.stem(), SUFFIX, EXTENSION)
                : new FileName(fileName, SUFFIX, EXTENSION);
    }

    @Override
    public List<PlannedInput> name(List<InputFile> inputs, Optional<String> totalFileName, ResultNames names) {
        List<String> inputNames = inputs.stream().map(InputFile::fileName).toList();
        List<String> outputNames = names.of(
                inputs,
                input -> resultName(input.fileName()),
                totalFileName.stream().toList());
        List<String> inputObjects =
                unique(inputNames.stream().map(OutputNaming::safe).toList(), List.of());
        List<String> outputObjects = unique(
                outputNames.stream().map(OutputNaming::safe).toList(),
                totalFileName.stream().map(OutputNaming::safe).toList());
        List<PlannedInput> named = new ArrayList<>(inputs.size());
        for (int i = 0; i < inputs.size(); i++) {
            named.add(new PlannedInput(
                    inputs.get(i),
                    inputObjects.get(i),
                    "in-" + i + plainExtension(inputNames.get(i)),
                    outputObjects.get(i),
                    outputNames.get(i)));
        }
        return named;
    }

    /** The object's name for a file's name: safe for every store, not yet unique. */
    public static String safe(String fileName) {
        StringBuilder safe = new StringBuilder(fileName.length());
        Normalizer.normalize(fileName, Normalizer.Form.NFC)
                .codePoints()
                .map(c -> Character.isLetterOrDigit(c) || SAFE_PUNCTUATION.indexOf(c) >= 0 ? c : '_')
                .forEach(safe::appendCodePoint);
        String cut = FileName.cut(safe.toString(), MAX_OBJECT_BYTES);
        if (cut.endsWith(".") || cut.endsWith(" ")) {
            return cut.substring(0, cut.length() - 1) + "_";
        }
        return cut;
    }

    private static List<String> unique(List<String> names, List<String> reserved) {
        List<FileName> parts = names.stream().map(name -> FileName.of(name, "")).toList();
        UniqueNames unique = new UniqueNames(parts, reserved);
        return parts.stream().map(unique::take).toList();
    }

    private static String plainExtension(String fileName) {
        String extension = FileName.of(fileName, "").extension();
        return PLAIN_EXTENSION.matcher(extension).matches() ? extension : "";
    }
}
