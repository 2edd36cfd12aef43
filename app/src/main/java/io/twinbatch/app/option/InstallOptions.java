package io.twinbatch.app.option;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code install}, as picocli fills them in. */
@Command(
        name = "app/app install",
        header = "put the command twinbatch on the PATH",
        customSynopsis = "app/app install [OPTION]... [DIR]",
        description = """
                Makes DIR/twinbatch, a link to the script app/app of this project, so that
                twinbatch can be typed anywhere. Deleting the link removes it again.

                DIR    Folder on the PATH. Default: ~/.local/bin.""",
        exitCodeListHeading = "%nExit codes%n",
        exitCodeList = {"0:installed", "2:wrong command line, or the link cannot be made"})
public final class InstallOptions implements CommandOptions {
    @Mixin
    public final GeneralOptions general = new GeneralOptions();

    @Option(names = "--force", negatable = true, description = "Replace what is called twinbatch in the folder.")
    public boolean force;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DIR",
            converter = Converters.ToPath.class,
            description = "Folder on the PATH. Default: ~/.local/bin.")
    public Optional<Path> folder = Optional.empty();

    @Override
    public GeneralOptions general() {
        return general;
    }
}
