package io.twinbatch.api.command;

/** What stands for an input. */
enum InputPlaceholder implements Placeholder {
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

    private final String text;
    private final String parameter;

    InputPlaceholder(String text, String parameter) {
        this.text = text;
        this.parameter = parameter;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public String expansion() {
        return "${" + parameter + "}";
    }

    @Override
    public boolean isSeveral() {
        return false;
    }

    @Override
    public boolean mayBeNumber() {
        return this == NUMBER;
    }

    @Override
    public String value(InputValues input) {
        String name = input.fileName();
        return switch (this) {
            case INPUT -> path(name);
            case STEM -> stem(path(name), name);
            case NAME -> name;
            case NAME_STEM -> stem(name, name);
            case NUMBER -> Integer.toString(input.number());
        };
    }

    /** A path that no program takes for an option or a variable. */
    static String path(String fileName) {
        return fileName.startsWith("-") || fileName.indexOf('=') >= 0 ? "./" + fileName : fileName;
    }

    private static String stem(String path, String fileName) {
        int start = 0;
        while (start < fileName.length() && fileName.charAt(start) == '.') {
            start++;
        }
        return fileName.indexOf('.', start) < 0 ? path : path.substring(0, path.lastIndexOf('.'));
    }
}
