package io.twinbatch.app.cli;

import io.twinbatch.app.ExitCode;

/** What a user can have done by a command line. An instance serves once: its options are those of one command line. */
interface AppCommand {
    /** The object whose fields picocli fills in, {@link #general} among them. */
    Object options();

    /** What every command can be asked for, as part of {@link #options}. */
    GeneralOptions general();

    /** The help page. The options of this instance have not been filled in when it is asked for. */
    String help();

    /**
     * Whether everything that the user may have got wrong on the command line has been checked: what fails later is the
     * backend's failure.
     */
    boolean isStarted();

    /** Does what is asked for by the options. */
    ExitCode execute();
}
