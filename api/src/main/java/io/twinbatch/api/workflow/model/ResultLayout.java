package io.twinbatch.api.workflow.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where files lie in the output folder that a program has named itself. A file whose name begins with the name of its input,
 * with or without extension, lies in the folder itself ({@code a.txt} makes {@code a.txt.gz}, {@code a.pdf}, {@code a-1.png});
 * any other, and one that could as well be another input's, lies in a folder of its input's ({@code a.txt.out/summary}). Of
 * inputs of one name only the first has files outside of its folder. So no two inputs have the same file, whatever their
 * programs make.
 */
public final class ResultLayout {
    private final List<Names> names;

    /** The input to which a name or a stem belongs; empty for one that several have. */
    private final Map<String, Optional<Names>> owners = new HashMap<>();

    private final Set<String> folders = new HashSet<>();

    /**
     * The layout for the results of a run.
     *
     * @param names the names of all inputs of the run, also of those that need no task
     */
    public ResultLayout(List<Names> names) {
        this.names = List.copyOf(names);
        for (Names input : names) {
            if (input.isNatural()) {
                beginnings(input.fileName())
                        .forEach(beginning -> owners.merge(
                                FileName.key(input.parent()) + beginning,
                                Optional.of(input),
                                (one, other) -> Optional.empty()));
            }
            folders.add(FileName.key(input.folder()));
        }
    }

    /** The layout of a run that begins; an empty one for a program whose results the plan names. */
    public static ResultLayout of(TaskProgram program, List<PlannedInput> inputs) {
        return new ResultLayout(
                program.namesItsResults()
                        ? inputs.stream()
                                .map(input -> new Names(input.file().fileName(), input.outputFileName()))
                                .toList()
                        : List.of());
    }

    /**
     * How an input and its results are called.
     *
     * @param fileName the name of the input
     * @param folder the folder for those of its results that do not lie in the output folder itself
     */
    public record Names(String fileName, String folder) {
        public Names {
            Objects.requireNonNull(fileName, "fileName");
            Objects.requireNonNull(folder, "folder");
        }

        /** The folder in the output folder that has its results, with a slash; empty for the output folder itself. */
        String parent() {
            return folder.substring(0, folder.lastIndexOf('/') + 1);
        }

        /** Whether no other input of its name came before it. */
        boolean isNatural() {
            return folder.equals(parent() + NumberedNaming.naturalFolder(fileName));
        }
    }

    List<Names> names() {
        return names;
    }

    private static Set<String> beginnings(String name) {
        Set<String> beginnings = new HashSet<>();
        beginnings.add(FileName.key(name));
        beginnings.add(FileName.key(FileName.of(name, "").stem()));
        return beginnings;
    }

    /**
     * Where a file lies, relative to the output folder.
     *
     * @param path its path relative to the folder in which the program ran
     */
    public String place(PlannedInput input, String path) {
        Names names = new Names(input.file().fileName(), input.outputFileName());
        String flat = names.parent() + path;
        return path.indexOf('/') < 0 && owner(flat).filter(names::equals).isPresent()
                ? flat
                : input.outputFileName() + "/" + path;
    }

    /** The input whose result a file can be that does not lie in a folder of its input's; empty when it can be no input's. */
    public Optional<Names> owner(String path) {
        int start = path.lastIndexOf('/') + 1;
        if (path.startsWith(".twinbatch-", start) || folders.contains(FileName.key(path))) {
            return Optional.empty();
        }
        for (int end = path.length(); end > start; end--) {
            if (end < path.length() && Character.isLetterOrDigit(path.codePointAt(end))) {
                continue;
            }
            Optional<Names> owner = owners.get(FileName.key(path.substring(0, end)));
            if (owner != null) {
                return owner;
            }
        }
        return Optional.empty();
    }

    /** The folders, relative to the output folder, that have results of inputs beside each other. */
    public Set<String> parents() {
        return names.stream().map(Names::parent).collect(Collectors.toSet());
    }
}
