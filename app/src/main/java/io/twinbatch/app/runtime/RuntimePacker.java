package io.twinbatch.app.runtime;

import io.twinbatch.api.workflow.model.PackedJava;
import io.twinbatch.api.workflow.model.Sha256;
import io.twinbatch.local.disk.CachedFolder;
import io.twinbatch.local.disk.FolderTree;
import io.twinbatch.local.disk.PrivateFiles;
import io.twinbatch.local.program.HelperProgram;
import io.twinbatch.local.program.ProgramResources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes a Java runtime with what node-task needs, by the JDK's {@code jlink}, once for each JDK. It has an archive of the
 * classes that a task loads from the JDK, which the virtual machine maps into memory instead of reading them one by one.
 */
final class RuntimePacker {
    /** What {@code jdeps} finds in node-task, and the elliptic curves of TLS. */
    private static final List<String> MODULES = List.of("java.base", "java.net.http", "jdk.crypto.ec");

    /** The classes of the JDK that tasks load which count and store over http and https, one a line. */
    private static final String CLASSES = "classes.list";

    private static final String ARCHIVE = "java-runtime.tar.gz";
    private static final String HASH = "sha256";
    private static final String IMAGE = "image";
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final JavaOfThisMachine java;
    private final Path cacheDir;

    RuntimePacker(JavaOfThisMachine java, Path cacheDir) {
        this.java = java;
        this.cacheDir = cacheDir;
    }

    /**
     * The runtime, which is made when it is not in the cache, or is not as it was made.
     *
     * @param progress receives a line when there is a wait
     * @throws IOException when it cannot be made
     */
    PackedJava ensure(Consumer<String> progress) throws IOException, InterruptedException {
        CachedFolder cached = new CachedFolder(cacheDir, "java-runtime", java.version() + "-" + fingerprint(), LIMIT);
        CachedFolder.Maker maker = folder -> {
            progress.accept("packing a Java runtime for the nodes into " + cached.place() + " (once, about 20 MB)");
            pack(folder);
        };
        Path folder = cached.ensure(maker);
        String hash = hash(folder);
        if (!hash.equals(noted(folder))) {
            cached.delete();
            hash = hash(cached.ensure(maker));
        }
        return new PackedJava(folder.resolve(ARCHIVE), hash, "x86_64");
    }

    private static String hash(Path folder) throws IOException {
        Path archive = folder.resolve(ARCHIVE);
        return Files.exists(archive) ? new Sha256().add(archive).hex() : "";
    }

    private static String noted(Path folder) throws IOException {
        Path file = folder.resolve(HASH);
        return Files.exists(file) ? Files.readString(file) : "none";
    }

    /** Of all that the content depends on. */
    private String fingerprint() throws IOException {
        Sha256 hash = new Sha256().add(java.home() + "\n" + MODULES + "\n");
        Path release = java.home().resolve("release");
        if (Files.exists(release)) {
            hash.add(release);
        }
        return hash.add(classes()).hex().substring(0, 12);
    }

    private static String classes() throws IOException {
        return new String(new ProgramResources(RuntimePacker.class).read(CLASSES), StandardCharsets.US_ASCII);
    }

    private void pack(Path folder) throws IOException, InterruptedException {
        Path image = folder.resolve(IMAGE);
        run(
                folder,
                java.program("jlink").toString(),
                "--add-modules",
                String.join(",", MODULES),
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--output",
                IMAGE);
        Path list = Files.writeString(folder.resolve(CLASSES), classes());
        // The virtual machine finds the archive at its usual place, and does without it where it does not fit.
        run(
                folder,
                image.resolve("bin/java").toString(),
                "-Xshare:dump",
                "-Xlog:disable",
                "-XX:SharedClassListFile=" + list);
        run(folder, "tar", "-czf", ARCHIVE, "-C", IMAGE, ".");
        PrivateFiles.restrict(folder.resolve(ARCHIVE));
        FolderTree.delete(image);
        Files.delete(list);
        Files.writeString(folder.resolve(HASH), hash(folder));
    }

    private static void run(Path folder, String... command) throws IOException, InterruptedException {
        HelperProgram.Outcome outcome = new HelperProgram(folder, LIMIT).run(List.of(command));
        if (!outcome.isSuccess()) {
            String program = Path.of(command[0]).getFileName().toString();
            String end = outcome.exitCode()
                    .map(code -> "ended with exit code " + code)
                    .orElse("did not end within " + LIMIT.toMinutes() + " min");
            throw new IOException(program + " " + end + ": " + String.join("; ", outcome.lastLines()));
        }
    }
}
