package io.twinbatch.app.run;

import io.twinbatch.api.workflow.model.PieceJoin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Adds up the words of the pieces of a text, in their order, by the program that has counted them: a process on this machine.
 *
 * @param jar the program
 * @param numWords how many words the result has at most
 */
record CountsMerge(Path jar, int numWords) implements PieceJoin {
    @Override
    public boolean joinsCounts() {
        return true;
    }

    @Override
    public void join(Path folder, List<String> parts, String target) throws IOException, InterruptedException {
        Path list = folder.resolve(target + ".list");
        Path errors = folder.resolve(target + ".errors");
        try {
            Files.writeString(list, String.join("\n", parts) + "\n");
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:-UsePerfData",
                            "-Xshare:auto",
                            "-jar",
                            jar.toAbsolutePath().toString(),
                            "--merge",
                            "--filelist",
                            list.getFileName().toString(),
                            "--output-name",
                            target,
                            "--numwords",
                            Integer.toString(numWords))
                    .directory(folder.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(errors.toFile());
            // Those of a task would send the result elsewhere.
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.startsWith("TWINBATCH_") || name.startsWith("AZ_BATCH_"));
            requireSuccess(builder.start(), errors);
        } finally {
            Files.deleteIfExists(list);
            Files.deleteIfExists(errors);
        }
    }

    private static void requireSuccess(Process process, Path errors) throws IOException, InterruptedException {
        try {
            int exitCode = process.waitFor();
            if (exitCode != 0) {
                String reason = Files.readString(errors).lines().findFirst().orElse("exit code " + exitCode);
                throw new IOException("the words of its pieces could not be added up: " + reason);
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
