package io.twinbatch.app.cli;

import io.twinbatch.app.exit.ExitCode;
import java.util.function.Function;
import picocli.CommandLine;

/**
 * A command on one command line: its options, its help page, and what does it.
 *
 * @param <O> its options
 */
final class Invocation<O extends CommandOptions> {
    private final O options;
    private final Function<CommandLine, String> page;
    private final Function<O, AppCommand> maker;
    private boolean begun;

    /**
     * A command that has not been done.
     *
     * @param options its options, not filled in
     * @param page renders its help page
     * @param maker makes what does it, when the options are filled in
     */
    Invocation(O options, Function<CommandLine, String> page, Function<O, AppCommand> maker) {
        this.options = options;
        this.page = page;
        this.maker = maker;
    }

    CommandOptions options() {
        return options;
    }

    /** The help page. The options of this instance have not been filled in when it is asked for. */
    String help() {
        return page.apply(OptionReader.parser(options));
    }

    /** Does what is asked for by the options. */
    ExitCode execute() {
        return maker.apply(options).execute(() -> begun = true);
    }

    /** Whether the command line was in order, so that a failure is the backend's. */
    boolean hasBegun() {
        return begun;
    }
}
