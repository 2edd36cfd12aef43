package io.twinbatch.app.option;

/** The options of a command, whose fields picocli fills in. */
public interface CommandOptions {
    /** What every command can be asked for, as part of these options. */
    GeneralOptions general();
}
