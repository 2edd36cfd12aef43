package io.twinbatch.task;

import java.util.ArrayList;
import java.util.List;

/** The command line, option by option, as it was given. {@link Arguments} makes sense of it. */
final class Options {
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
                    throw usage("--merge takes no value");
                }
                options.merge = true;
                continue;
            }
            if (!isOption(name)) {
                throw usage("'" + Plain.text(name) + "' is not an option of this program");
            }
            String value;
            if (equals >= 0) {
                value = word.substring(equals + 1);
            } else if (at < words.length) {
                value = words[at];
                at++;
            } else {
                throw usage(name + " needs a value");
            }
            options.set(name, value);
        }
        return options;
    }

    static TaskException usage(String message) {
        return new TaskException(ExitCode.USAGE, message);
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
            throw usage(name + " needs a value");
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
            throw usage(name + " is given twice");
        }
        return value;
    }
}
