package io.twinbatch.app.cli;

import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.option.CommandOptions;
import io.twinbatch.app.option.OptionReader;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import picocli.CommandLine;

/**
 * A command on one command line: its options, its help page, and what does it.
 *
 * @param <O> its options
 */
final class Invocation<O extends CommandOptions> {
    private final O options;
    private final BiFunction<CommandLine, Boolean, String> page;
    private final Function<O, AppCommand> maker;
    private boolean begun;
    private Optional<AppCommand> made = Optional.empty();

    /**
     * A command that has not been done.
     *
     * @param options its options, not filled in
     * @param page renders its help page, with all options or with those that are used most
     * @param maker makes what does it, when the options are filled in
     */
    Invocation(O options, BiFunction<CommandLine, Boolean, String> page, Function<O, AppCommand> maker) {
        this.options = options;
        this.page = page;
        this.maker = maker;
    }

    CommandOptions options() {
        return options;
    }

    /**
     * The help page. The options of this instance must not be filled in: they can hold secrets from the environment.
     *
     * @param all whether it lists all options, for a command with two pages
     */
    String help(boolean all) {
        return page.apply(OptionReader.parser(options), all);
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
