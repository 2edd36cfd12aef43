package io.twinbatch.app.cli;

import io.twinbatch.api.error.FailureReason;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.exit.UsageException;
import io.twinbatch.app.option.InstallOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The command {@code install}: puts a link to the script that starts the app into a folder of the PATH. */
final class InstallCommand implements AppCommand {
    private static final String NAME = "twinbatch";

    private final AppEnvironment appEnvironment;
    private final Optional<Path> script;
    private final InstallOptions options;

    /**
     * Installs a script.
     *
     * @param script the script; empty when the app was started without one
     */
    InstallCommand(AppEnvironment appEnvironment, Optional<Path> script, InstallOptions options) {
        this.appEnvironment = appEnvironment;
        this.script = script;
        this.options = options;
    }

    @Override
    public ExitCode execute(Runnable begun) {
        if (options.general.json) {
            throw new UsageException("install prints no document; leave out --json");
        }
        Path target = script.filter(Files::isExecutable)
                .orElseThrow(() -> new UsageException("start the app by its script app/app to install it"));
        Path folder = options.folder
                .map(appEnvironment.workingFolder()::resolve)
                .orElseGet(this::usualFolder)
                .toAbsolutePath()
                .normalize();
        Path link = folder.resolve(NAME);
        begun.run();
        try {
            Files.createDirectories(folder);
            if (!leadsTo(link, target)) {
                if (options.force) {
                    Files.deleteIfExists(link);
                }
                Files.createSymbolicLink(link, target);
            }
        } catch (FileAlreadyExistsException e) {
            throw new UsageException(link + " exists and is not this program; --force replaces it", e);
        } catch (IOException e) {
            throw new UsageException("install " + link + ": " + FailureReason.of(e), e);
        }
        report(folder, link, target);
        return ExitCode.DONE;
    }

    private Path usualFolder() {
        String home = appEnvironment.environment().getOrDefault("HOME", "");
        if (!home.startsWith("/")) {
            throw new UsageException("HOME is not set; name the folder for the command");
        }
        return Path.of(home, ".local", "bin");
    }

    private static boolean leadsTo(Path link, Path target) throws IOException {
        return Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(target);
    }

    private void report(Path folder, Path link, Path target) {
        appEnvironment.out().println("Installed " + link + ", a link to " + target + ".");
        String path = appEnvironment.environment().getOrDefault("PATH", "");
        boolean found = Stream.of(path.split(File.pathSeparator, -1))
                .filter(entry -> entry.startsWith("/"))
                .map(entry -> Path.of(entry).normalize())
                .anyMatch(folder::equals);
        if (!found) {
            appEnvironment
                    .out()
                    .println("The PATH does not have this folder yet: export PATH=\"" + folder + ":$PATH\"");
        }
    }
}
