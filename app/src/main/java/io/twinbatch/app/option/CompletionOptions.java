package io.twinbatch.app.option;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The options of {@code completion}, as picocli fills them in. */
@Command(
        name = "app/app completion",
        header = "print the script by which bash and zsh complete commands",
        customSynopsis = "app/app completion [OPTION]... [SHELL]",
        description = """
                Prints the script by which a shell completes commands and options:
                  source <(twinbatch completion)     in ~/.bashrc or ~/.zshrc

                SHELL  bash or zsh. The same script serves both.""")
public final class CompletionOptions implements CommandOptions {
    @Mixin
    public final GeneralOptions general = new GeneralOptions();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SHELL",
            description = "bash or zsh. The same script serves both.")
    public Optional<String> shell = Optional.empty();

    @Override
    public GeneralOptions general() {
        return general;
    }
}
