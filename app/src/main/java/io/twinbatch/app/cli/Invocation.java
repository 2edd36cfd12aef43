package io.twinbatch.app.cli;

import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.option.CommandOptions;
import java.util.Optional;
import java.util.function.Function;

/**
 * A command on one command line: its options, and what does it.
 *
 * @param <O> its options
 */
final class Invocation<O extends CommandOptions> {
    private final O options;
    private final Function<O, AppCommand> maker;
    private boolean begun;
    private Optional<AppCommand> made = Optional.empty();

    /**
     * A command that has not been done.
     *
     * @param options its options, not filled in
     * @param maker makes what does it, when the options are filled in
     */
    Invocation(O options, Function<O, AppCommand> maker) {
        this.options = options;
        this.maker = maker;
    }

    CommandOptions options() {
        return options;
    }

    /** Does what is asked for by the options. */
    ExitCode execute() {
        AppCommand command = maker.apply(options);
        made = Optional.of(command);
        return command.execute(() -> begun = true);
    }

    /** Passes on to the command that it has failed. */
    void failed(Failure failure) {
        made.ifPresent(command -> command.failed(failure));
    }

    /** Whether the command line was in order, so that a failure is the backend's. */
    boolean hasBegun() {
        return begun;
    }
}
