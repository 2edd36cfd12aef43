package io.twinbatch.api.command;

/** Texts as words of a POSIX shell. */
public final class ShellWord {
    private ShellWord() {}

    /** A word that a shell reads as exactly this text. */
    public static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** The same, without quotes where nothing needs them, to be read by a person. */
    static String shown(String text) {
        return text.matches("[A-Za-z0-9_@%+:,./-]+") ? text : quoted(text);
    }
}
