package io.twinbatch.app.cli;

import io.twinbatch.app.exit.ExitCode;

/** Does what the options of one command line ask for. */
interface AppCommand {
    /**
     * Does it.
     *
     * @param begun run when everything that the user may have got wrong on the command line has been checked: what fails
     *     later is the backend's failure
     */
    ExitCode execute(Runnable begun);

    /** Called after a failure that {@link #execute} has thrown, with what the user sees of it. */
    default void failed(Failure failure) {}
}
