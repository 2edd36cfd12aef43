package io.twinbatch.task.cli;

import io.twinbatch.task.PercentNames;
import io.twinbatch.task.PlainText;
import io.twinbatch.task.TaskException;
import java.io.File;
import java.util.ArrayList;
import java.util.List;

/**
 * What the program is asked to do, checked.
 *
 * @param inputs the texts or, to merge, the counts files; at least one
 * @param wordLimit how many words a result reports, 1 or more
 * @param mergedName the name of the one result of a merge; null when the inputs are texts
 * @param countsName the name of the file of all counts, or null
 * @param manifestName the name of the manifest, or null
 * @param storage what the command line says of the output container
 */
record Arguments(
        List<Input> inputs,
        int wordLimit,
        String mergedName,
        String countsName,
        String manifestName,
        StorageOptions storage) {

    static final String HELP = "usage: java -jar node-task.jar (--filepath FILE... | --filelist FILE) --numwords N"
            + " [--output-name NAME] [--counts NAME] [--merge] [--manifest NAME] [--storagecontainer NAME]"
            + " [--storageaccount NAME (--sastoken TOKEN | --sastoken-file FILE)]";

    static Arguments parse(String[] words) throws TaskException {
        Options options = Options.parse(words);
        String outputName = decoded(options.outputName);
        if (options.merge && outputName == null) {
            throw TaskException.usage("--merge needs --output-name");
        }
        List<Input> inputs = inputs(options, options.merge ? null : outputName);
        String merged = options.merge ? outputName : null;
        return new Arguments(
                inputs,
                wordLimit(options.numWords),
                merged,
                decoded(options.counts),
                decoded(options.manifest),
                StorageOptions.of(options));
    }

    boolean isMerge() {
        return mergedName != null;
    }

    private static List<Input> inputs(Options options, String outputName) throws TaskException {
        if (options.fileList == null && options.filePaths.isEmpty()) {
            throw TaskException.usage("no input: --filepath or --filelist is needed");
        }
        if (options.fileList != null && !options.filePaths.isEmpty()) {
            throw TaskException.usage("--filepath and --filelist cannot be given together");
        }
        if (outputName != null && (options.fileList != null || options.filePaths.size() > 1)) {
            throw TaskException.usage("--output-name names one result, but there may be several");
        }
        if (options.fileList != null) {
            return FileList.read(new File(options.fileList), options.merge);
        }
        List<Input> inputs = new ArrayList<>();
        for (String path : options.filePaths) {
            File file = new File(path);
            String result = outputName == null ? Input.defaultResultName(file) : outputName;
            inputs.add(new Input(file, options.merge ? null : result));
        }
        return inputs;
    }

    private static int wordLimit(String value) throws TaskException {
        if (value == null) {
            throw TaskException.usage("--numwords is needed");
        }
        long limit;
        try {
            limit = Long.parseLong(value);
        } catch (NumberFormatException e) {
            limit = 0;
        }
        if (limit < 1) {
            throw TaskException.usage(
                    "--numwords is '" + PlainText.text(value) + "', but has to be a number of 1 or more");
        }
        return (int) Math.min(limit, Integer.MAX_VALUE);
    }

    private static String decoded(String name) throws TaskException {
        return name == null ? null : PercentNames.decode(name);
    }
}
