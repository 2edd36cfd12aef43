package io.twinbatch.api.workflow.plan;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.file.FileProblem;
import io.twinbatch.api.file.WritableFolder;
import io.twinbatch.api.workflow.model.InputFile;
import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.ResultLayout;
import io.twinbatch.api.workflow.model.RunRequest;
import io.twinbatch.api.workflow.model.Stale;
import io.twinbatch.api.workflow.model.TaskProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks on this machine, before anything is created, whether a run can work. */
final class LocalChecks {
    private static final int EXAMPLES = 5;
    private static final Pattern APPLICATION_FILE =
            Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

    /** Looks at every input again; refuses a run without inputs. */
    List<InputFile> requireInputs(List<InputFile> inputs) {
        if (inputs.isEmpty()) {
            throw new BatchException(ErrorCode.INVALID, "", "there are no inputs; name at least one file");
        }
        return inputs.stream().map(InputFile::reread).toList();
    }

    /** Refuses an output folder that is no folder, or that nothing can be written to. */
    void requireWritable(Path outputFolder) {
        new WritableFolder(outputFolder).problem().ifPresent(problem -> {
            throw new BatchException(
                    ErrorCode.INVALID,
                    "output folder " + outputFolder,
                    problem + "; choose another one, or correct that");
        });
    }

    /**
     * Refuses results that would take the place of an input, or of a file that exists.
     *
     * @param stale why those that exist do not count, as far as that was asked
     */
    void requireFree(RunRequest request, List<String> fileNames, Map<String, Stale> stale) {
        Set<Path> inputPaths = new HashSet<>();
        request.inputs().forEach(input -> addSources(input, inputPaths));
        Path folder = absolute(request.outputFolder());
        for (String name : fileNames) {
            if (inputPaths.contains(folder.resolve(name))) {
                throw wouldOverwriteInput(request.outputFolder().resolve(name));
            }
        }
        if (!request.force()) {
            requireNone(
                    request.outputFolder(),
                    fileNames.stream()
                            .filter(name -> Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS))
                            .toList(),
                    stale);
        }
    }

    private static void addSources(InputFile input, Set<Path> paths) {
        input.sources().forEach(path -> paths.add(absolute(path)));
    }

    /** The same for results that the program names itself: what there is already could be among them. */
    void requireFree(RunRequest request, ResultLayout layout, List<PlannedInput> inputs, Map<String, Stale> stale) {
        if (!request.program().namesItsResults()) {
            return;
        }
        Map<String, PlannedInput> byFolder = new HashMap<>();
        Set<Path> inputPaths = new HashSet<>();
        for (PlannedInput input : inputs) {
            byFolder.put(input.outputFileName(), input);
            addSources(input.file(), inputPaths);
        }
        List<String> existing = new ArrayList<>();
        Map<String, Stale> reasons = new HashMap<>();
        for (String parent : layout.parents()) {
            for (Path file : filesIn(request.outputFolder().resolve(parent))) {
                String name = file.getFileName().toString();
                Optional<PlannedInput> owner = layout.owner(parent + name)
                        .map(names -> byFolder.get(names.folder()))
                        .filter(input -> request.program().mayLeave(input, name));
                if (owner.isPresent()) {
                    if (inputPaths.contains(absolute(file))) {
                        throw wouldOverwriteInput(file);
                    }
                    existing.add(parent + name);
                    Optional.ofNullable(stale.get(owner.get().outputFileName()))
                            .ifPresent(reason -> reasons.put(parent + name, reason));
                }
            }
        }
        if (!request.force()) {
            requireNone(request.outputFolder(), existing, reasons);
        }
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private static List<Path> filesIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new BatchException(
                    ErrorCode.INVALID,
                    "output folder " + folder,
                    "it cannot be listed: " + FailureReason.of(e) + "; choose another one, or put that right",
                    e);
        }
    }

    private static BatchException wouldOverwriteInput(Path output) {
        return new BatchException(
                ErrorCode.INVALID, "output " + output, "it would overwrite an input; choose another output folder");
    }

    private static void requireNone(Path outputFolder, List<String> existing, Map<String, Stale> stale) {
        if (!existing.isEmpty()) {
            String examples = existing.stream()
                    .limit(EXAMPLES)
                    .map(name -> name
                            + (stale.containsKey(name) ? " (" + stale.get(name).describe() + ")" : ""))
                    .collect(Collectors.joining(", "));
            String more = existing.size() > EXAMPLES ? " and " + (existing.size() - EXAMPLES) + " more" : "";
            throw new BatchException(
                    ErrorCode.ALREADY_EXISTS,
                    "output folder " + outputFolder,
                    examples + more + " would be overwritten; force it (--force), or choose another folder");
        }
    }

    /** Refuses application files that are missing, or whose names a shell could misread. */
    void requireApplication(TaskProgram program) {
        for (String name : program.applicationNames()) {
            if (!APPLICATION_FILE.matcher(name).matches()) {
                throw new BatchException(
                        ErrorCode.INVALID,
                        "application file " + name,
                        "its name has letters, digits, dots, dashes and underscores only");
            }
        }
        program.applicationFiles().forEach((name, path) -> {
            FileProblem.of(path).ifPresent(problem -> {
                throw new BatchException(
                        ErrorCode.NOT_FOUND, "application file " + name, path + " " + problem.reason());
            });
        });
    }
}
