package io.twinbatch.task.cli;

import java.io.File;

/**
 * One text to count.
 *
 * @param file where it is
 * @param resultName the name of its result; null where all inputs have one result together
 */
record Input(File file, String resultName) {
    /** The result's name when none is given: {@code NAME_OUTPUT.txt}, without the extension where that is {@code .txt}. */
    static String defaultResultName(File file) {
        String name = file.getName();
        boolean text = name.endsWith(".txt") && !name.startsWith(".txt");
        return (text ? name.substring(0, name.length() - ".txt".length()) : name) + "_OUTPUT.txt";
    }
}
