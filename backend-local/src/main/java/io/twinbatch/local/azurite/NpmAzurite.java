package io.twinbatch.local.azurite;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.local.program.SearchPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Azurite from npm, run with this machine's Node.js.
 *
 * @param searchPath where node and npm are searched for
 */
record NpmAzurite(SearchPath searchPath) {
    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(10);
    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    /** Longer than the launcher script lets Azurite take to end. */
    private static final Duration OWNER_PATIENCE = Duration.ofSeconds(10);

    /** Whether the programs that it takes are here. */
    boolean isPossible() {
        return searchPath.find("node").isPresent() && searchPath.find("npm").isPresent();
    }

    /** Whether it starts without anything being installed first. */
    boolean isInstalled(Path cacheDir) {
        return isPossible() && Files.isDirectory(NpmInstallation.place(cacheDir));
    }

    /** Installs it when it has not been, and starts it. */
    Azurite start(AzuriteConfig config, Consumer<String> progress) {
        Path node = program("node");
        Path installation = new NpmInstallation(config.cacheDir(), program("npm"), INSTALL_LIMIT).ensure(progress);
        AzuriteAccount account = AzuriteAccount.of(config.dataDir());
        DataFolderOwner owner = new DataFolderOwner(config.dataDir(), OWNER_PATIENCE);
        IntFunction<AzuriteProcess> starter = port -> start(command(node, installation, config, port), account, owner);
        AzuriteProcess first = starter.apply(config.port().orElse(0));
        try {
            return SupervisedAzurite.watching(first, starter, progress);
        } catch (OutOfMemoryError e) {
            first.close();
            throw e;
        }
    }

    private static AzuriteProcess start(List<String> command, AzuriteAccount account, DataFolderOwner owner) {
        owner.awaitEnd();
        AzuriteProcess azurite = AzuriteProcess.start(command, account, START_LIMIT);
        try {
            owner.become(azurite.handle());
            return azurite;
        } catch (BatchException e) {
            azurite.close();
            throw e;
        }
    }

    private static List<String> command(Path node, Path installation, AzuriteConfig config, int port) {
        List<String> command = new ArrayList<>(List.of(
                node.toString(),
                NpmInstallation.launcher(installation).toString(),
                NpmInstallation.entryPoint(installation).toString()));
        command.addAll(
                AzuriteConfig.options(config.address(), port, config.dataDir().toString()));
        return command;
    }

    private Path program(String name) {
        Optional<Path> found = searchPath.find(name);
        return found.orElseThrow(() -> new BatchException(
                ErrorCode.UNAVAILABLE,
                "Azurite",
                name + " is not on the PATH; install Node.js 20 or newer, which brings node and npm"));
    }
}
