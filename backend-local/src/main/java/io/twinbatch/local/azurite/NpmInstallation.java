package io.twinbatch.local.azurite;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.workflow.model.Sha256;
import io.twinbatch.local.disk.CachedFolder;
import io.twinbatch.local.program.HelperProgram;
import io.twinbatch.local.program.ProgramResources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Azurite as an npm package in the cache folder, in the versions that the committed lock file names.
 */
final class NpmInstallation {
    /** The version that the lock file names. */
    static final String VERSION = "3.37.0";

    private static final List<String> FILES = List.of(
            "package.json",
            "package-lock.json",
            "launcher.js",
            "saving.js",
            "absent/applicationinsights/index.js",
            "absent/applicationinsights/package.json",
            "absent/mysql2/index.js",
            "absent/mysql2/package.json",
            "absent/sequelize/index.js",
            "absent/sequelize/package.json",
            "absent/tedious/index.js",
            "absent/tedious/package.json");

    private static final ProgramResources RESOURCES = new ProgramResources(NpmInstallation.class);
    private static final int FINGERPRINT_DIGITS = 12;

    private final Path cacheDir;
    private final Path npm;
    private final Duration limit;

    /**
     * An installation that is made when it is first needed.
     *
     * @param cacheDir the folder in which it has its own
     * @param npm the program that installs it
     * @param limit how long it may take
     */
    NpmInstallation(Path cacheDir, Path npm, Duration limit) {
        this.cacheDir = cacheDir;
        this.npm = npm;
        this.limit = limit;
    }

    /** The folder that is there when the version of the lock file is installed in a cache folder. */
    static Path place(Path cacheDir) {
        try {
            return folder(cacheDir, Duration.ZERO).place();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CachedFolder folder(Path cacheDir, Duration limit) throws IOException {
        return new CachedFolder(cacheDir, "azurite", VERSION + "-" + fingerprint(), limit);
    }

    /** The script that runs Azurite for as long as its standard input stays open. */
    static Path launcher(Path installation) {
        return installation.resolve("launcher.js");
    }

    /** Azurite's own entry point for its blob service alone. */
    static Path entryPoint(Path installation) {
        return installation.resolve("node_modules/azurite/dist/src/blob/main.js");
    }

    /**
     * The folder of the installation, which is made when it is not there yet.
     *
     * @param progress receives a line when there is a wait
     * @throws BatchException {@code UNAVAILABLE} when npm fails, with its last lines; {@code INVALID} when the cache
     *     folder cannot be written; {@code TIMEOUT} when it takes too long
     */
    Path ensure(Consumer<String> progress) {
        try {
            CachedFolder cached = folder(cacheDir, limit);
            return cached.ensure(folder -> install(cached.place(), folder, progress));
        } catch (IOException e) {
            throw new BatchException(
                    ErrorCode.INVALID,
                    "Azurite",
                    "the cache folder " + cacheDir + " cannot be written: " + FailureReason.of(e),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BatchException(ErrorCode.UNKNOWN, "Azurite", "interrupted while it was installed", e);
        }
    }

    private void install(Path place, Path folder, Consumer<String> progress) throws IOException, InterruptedException {
        progress.accept("installing Azurite " + VERSION + " into " + place + " (once, about 40 MB)");
        for (String name : FILES) {
            copyResource(name, folder.resolve(name));
        }
        runNpm(folder);
    }

    private void runNpm(Path folder) throws IOException, InterruptedException {
        // What is installed is checked against the lock file's hashes, and none of it runs a script of its own.
        HelperProgram.Outcome outcome = new HelperProgram(folder, limit)
                .run(List.of(
                        npm.toString(),
                        "ci",
                        "--omit=dev",
                        "--ignore-scripts",
                        "--no-audit",
                        "--no-fund",
                        "--no-update-notifier",
                        "--engine-strict=false",
                        "--loglevel=error"));
        int exitCode = outcome.exitCode()
                .orElseThrow(() -> new BatchException(
                        ErrorCode.TIMEOUT, "Azurite", "npm did not install it within " + limit.toMinutes() + " min"));
        if (exitCode != 0 || !Files.isRegularFile(entryPoint(folder))) {
            String printed = outcome.lastLines().isEmpty()
                    ? "it printed nothing"
                    : String.join(System.lineSeparator(), outcome.lastLines());
            throw new BatchException(
                    ErrorCode.UNAVAILABLE,
                    "Azurite",
                    "npm could not install it (exit code " + exitCode + "): " + printed);
        }
    }

    private static String fingerprint() throws IOException {
        Sha256 hash = new Sha256();
        for (String name : FILES) {
            byte[] content = RESOURCES.read(name);
            hash.add(content, content.length);
        }
        return hash.hex().substring(0, FINGERPRINT_DIGITS);
    }

    private static void copyResource(String name, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Files.write(target, RESOURCES.read(name));
    }
}
