package io.twinbatch.task.cli;

import java.io.File;

/**
 * One text to count.
 *
 * @param file where it is
 * @param resultName the name of its result; null where all inputs have one result together
 */
record Input(File file, String resultName) {
    /** The result's name when none is given: {@code NAME_OUTPUT.EXT}. A dot at the beginning starts no extension. */
    static String defaultResultName(File file) {
        String name = file.getName();
        int first = 0;
        while (first < name.length() && name.charAt(first) == '.') {
            first++;
        }
        int dot = name.lastIndexOf('.');
        if (dot < first) {
            return name + "_OUTPUT";
        }
        return name.substring(0, dot) + "_OUTPUT" + name.substring(dot);
    }
}
