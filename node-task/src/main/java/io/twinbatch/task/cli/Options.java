package io.twinbatch.task.cli;

import io.twinbatch.task.PlainText;
import io.twinbatch.task.TaskException;
import java.util.ArrayList;
import java.util.List;

/** The command line, option by option, as it was given. {@link Arguments} makes sense of it. */
public final class Options {
    final List<String> filePaths = new ArrayList<>();
    String fileList;
    String numWords;
    String outputName;
    String counts;
    String manifest;
    String storageAccount;
    String storageContainer;
    String sasToken;
    String sasTokenFile;
    boolean merge;

    private Options() {}

    static Options parse(String[] words) throws TaskException {
        Options options = new Options();
        int at = 0;
        while (at < words.length) {
            String word = words[at];
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            at++;
            if (name.equals("--merge")) {
                if (equals >= 0) {
                    throw TaskException.usage("--merge takes no value");
                }
                options.merge = true;
                continue;
            }
            if (!isOption(name)) {
                throw TaskException.usage("'" + PlainText.text(name) + "' is not an option of this program");
            }
            String value;
            if (equals >= 0) {
                value = word.substring(equals + 1);
            } else if (at < words.length) {
                value = words[at];
                at++;
            } else {
                throw TaskException.usage(name + " needs a value");
            }
            options.set(name, value);
        }
        return options;
    }

    private static boolean isOption(String name) {
        return switch (name) {
            case "--filepath",
                    "--filelist",
                    "--numwords",
                    "--output-name",
                    "--counts",
                    "--manifest",
                    "--storageaccount",
                    "--storagecontainer",
                    "--sastoken",
                    "--sastoken-file" -> true;
            default -> false;
        };
    }

    private void set(String name, String value) throws TaskException {
        if (value.isEmpty()) {
            throw TaskException.usage(name + " needs a value");
        }
        switch (name) {
            case "--filepath" -> filePaths.add(value);
            case "--filelist" -> fileList = once(name, fileList, value);
            case "--numwords" -> numWords = once(name, numWords, value);
            case "--output-name" -> outputName = once(name, outputName, value);
            case "--counts" -> counts = once(name, counts, value);
            case "--manifest" -> manifest = once(name, manifest, value);
            case "--storageaccount" -> storageAccount = once(name, storageAccount, value);
            case "--sastoken" -> sasToken = once(name, sasToken, value);
            case "--sastoken-file" -> sasTokenFile = once(name, sasTokenFile, value);
            default -> storageContainer = once(name, storageContainer, value);
        }
    }

    private static String once(String name, String before, String value) throws TaskException {
        if (before != null) {
            throw TaskException.usage(name + " is given twice");
        }
        return value;
    }
}
