package io.twinbatch.app.cli;

/** The options of a command, whose fields picocli fills in. */
interface CommandOptions {
    /** What every command can be asked for, as part of these options. */
    GeneralOptions general();
}
