package io.twinbatch.api.command;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What stands for an input in a command and in a pattern of results. */
enum Placeholder {
    /** The input's path in the folder in which the command runs. */
    INPUT("{}", "TWINBATCH_INPUT"),
    /** The same without extension. */
    STEM("{.}", "TWINBATCH_INPUT_STEM"),
    /** The input's name. */
    NAME("{/}", "TWINBATCH_INPUT_NAME"),
    /** The input's name without extension. */
    NAME_STEM("{/.}", "TWINBATCH_INPUT_STEM#./"),
    /** The input's number in the run, from 1. */
    NUMBER("{#}", "TWINBATCH_INPUT_NUMBER");

    /** All of them, for a person. */
    static final String ALL = Arrays.stream(values()).map(Placeholder::text).collect(Collectors.joining(", "));

    private final String text;
    private final String parameter;

    Placeholder(String text, String parameter) {
        this.text = text;
        this.parameter = parameter;
    }

    String text() {
        return text;
    }

    /** What a shell expands to the value, for use between double quotes. */
    String expansion() {
        return "${" + parameter + "}";
    }

    /** The placeholder that begins at a position of a text. */
    static Optional<Placeholder> at(String text, int position) {
        return Arrays.stream(values())
                .filter(placeholder -> text.startsWith(placeholder.text, position))
                .findFirst();
    }

    /** The value for an input. */
    String value(String fileName, int number) {
        String path = fileName.startsWith("-") || fileName.indexOf('=') >= 0 ? "./" + fileName : fileName;
        return switch (this) {
            case INPUT -> path;
            case STEM -> stem(path, fileName);
            case NAME -> fileName;
            case NAME_STEM -> stem(fileName, fileName);
            case NUMBER -> Integer.toString(number);
        };
    }

    private static String stem(String path, String fileName) {
        int start = 0;
        while (start < fileName.length() && fileName.charAt(start) == '.') {
            start++;
        }
        return fileName.indexOf('.', start) < 0 ? path : path.substring(0, path.lastIndexOf('.'));
    }
}
