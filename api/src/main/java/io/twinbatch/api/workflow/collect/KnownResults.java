package io.twinbatch.api.workflow.collect;

import io.twinbatch.api.workflow.model.CollectedFile;
import io.twinbatch.api.workflow.model.FileName;
import io.twinbatch.api.workflow.model.Fingerprint;
import io.twinbatch.api.workflow.model.InputFile;
import io.twinbatch.api.workflow.model.NameOwners;
import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.Sha256;
import io.twinbatch.api.workflow.model.Stale;
import io.twinbatch.api.workflow.model.TaskRow;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The results in an output folder as its {@link ResultIndex} has them. */
public final class KnownResults implements NameOwners {
    private final Path folder;

    /** By the hash of the result's name. */
    private final Map<String, Made> made = new HashMap<>();

    /** The hashes of programs, by the hash of the result's name. */
    private final Map<String, String> programs = new HashMap<>();

    /** The hashes of inputs' paths, by the result's name, case aside. */
    private final Map<String, Set<String>> ownersByName = new HashMap<>();

    private final Map<String, Set<String>> namesByOwner = new HashMap<>();

    /** The hashes of inputs that were read, each of which is read once. */
    private final Map<InputFile, String> contents = new ConcurrentHashMap<>();

    KnownResults(Path folder) {
        this.folder = folder;
    }

    /**
     * What one result was made from.
     *
     * @param content the SHA-256 of the input
     * @param program the SHA-256 of the program's fingerprint
     * @param files what was made; the path of the only one is empty when it has the name that the plan gives it
     */
    record Made(String content, String program, List<MadeFile> files) {}

    record MadeFile(String sha256, long size, String path) {}

    /**
     * Which results can be taken over.
     *
     * @param upToDate those that were made from what the inputs are now, by the names of their result objects
     * @param stale why others that exist cannot, by their names in the output folder
     */
    public record Comparison(Map<String, Outcome.UpToDate> upToDate, Map<String, Stale> stale) {
        /** Nothing was compared. */
        public static final Comparison NONE = new Comparison(Map.of(), Map.of());

        public Comparison {
            upToDate = Map.copyOf(upToDate);
            stale = Map.copyOf(stale);
        }
    }

    void addMade(String nameHash, Made entry) {
        made.put(nameHash, entry);
    }

    void addOwner(String pathHash, String programHash, String name) {
        programs.put(ResultIndex.hash(name), programHash);
        ownersByName.computeIfAbsent(FileName.key(name), key -> new HashSet<>()).add(pathHash);
        namesByOwner.computeIfAbsent(pathHash, key -> new HashSet<>()).add(name);
    }

    /** Where an input lies as seen from an output folder, as a hash: names hold any character. Rows can share an input. */
    static String place(Path folder, InputFile input) {
        Path from = folder.toAbsolutePath().normalize();
        String path = from.relativize(input.path().toAbsolutePath().normalize()).toString();
        int repetition = input.row().map(TaskRow::repetition).orElse(1);
        return ResultIndex.hash(repetition == 1 ? path : path + "\0" + repetition);
    }

    @Override
    public Set<String> namesOf(InputFile input) {
        return namesByOwner.isEmpty() ? Set.of() : namesByOwner.getOrDefault(place(folder, input), Set.of());
    }

    @Override
    public boolean isOfAnother(InputFile input, String name) {
        Set<String> owners = ownersByName.getOrDefault(FileName.key(name), Set.of());
        if (owners.isEmpty() || owners.contains(place(folder, input))) {
            return false;
        }
        // A file that was only moved is the same input.
        Made entry = made.get(ResultIndex.hash(name));
        return entry == null || !entry.content().equals(content(input));
    }

    private String content(InputFile input) {
        return contents.computeIfAbsent(input, InputFile::contentHash);
    }

    /**
     * Compares the results of some inputs with what they would be now. Only inputs that have a result are read.
     *
     * @throws io.twinbatch.api.error.BatchException {@code INVALID} when an input cannot be read
     */
    public Comparison compare(List<PlannedInput> inputs, Fingerprint fingerprint) {
        Map<String, Outcome.UpToDate> upToDate = new ConcurrentHashMap<>();
        Map<String, Stale> stale = new ConcurrentHashMap<>();
        inputs.parallelStream().forEach(input -> {
            String name = input.outputFileName();
            find(name, fingerprint, () -> content(input.file())).ifPresent(found -> {
                found.upToDate().ifPresent(result -> upToDate.put(input.outputObject(), result));
                found.stale().ifPresent(reason -> stale.put(name, reason));
            });
        });
        return new Comparison(upToDate, stale);
    }

    /**
     * The same, with the result of all inputs together.
     *
     * @param object the name of its object
     * @param name its name in the output folder
     */
    public Comparison withTotal(
            Comparison there, String object, String name, List<PlannedInput> inputs, Fingerprint fingerprint) {
        Map<String, Outcome.UpToDate> upToDate = new HashMap<>(there.upToDate());
        Map<String, Stale> stale = new HashMap<>(there.stale());
        find(name, fingerprint, () -> ofAll(inputs)).ifPresent(found -> {
            found.upToDate().ifPresent(result -> upToDate.put(object, result));
            found.stale().ifPresent(reason -> stale.put(name, reason));
        });
        return new Comparison(upToDate, stale);
    }

    private String ofAll(List<PlannedInput> inputs) {
        return contentOfAll(inputs.stream().map(input -> content(input.file())).toList());
    }

    /** What stands for the content of several inputs. */
    static String contentOfAll(List<String> contents) {
        return ResultIndex.hash(String.join(" ", contents));
    }

    /** What is known of a result that there is: that it is up to date, or why it is not. */
    private record Found(Optional<Outcome.UpToDate> upToDate, Optional<Stale> stale) {
        static Found of(Stale reason) {
            return new Found(Optional.empty(), Optional.of(reason));
        }
    }

    private Optional<Found> find(String name, Fingerprint fingerprint, Supplier<String> content) {
        String key = ResultIndex.hash(name);
        Made entry = made.get(key);
        if (entry == null) {
            return exists(name) ? Optional.of(Found.of(Stale.UNKNOWN)) : Optional.empty();
        }
        List<CollectedFile> files = new ArrayList<>();
        boolean changed = false;
        boolean any = false;
        for (MadeFile file : entry.files()) {
            String there = file.path().isEmpty() ? name : file.path();
            Path path = folder.resolve(there);
            any |= exists(there);
            changed |= !isFile(path, file.size(), file.sha256());
            files.add(new CollectedFile(path, file.size(), file.sha256()));
        }
        if (!any) {
            return Optional.empty();
        }
        if (!entry.program().equals(fingerprint.hash())) {
            boolean sameProgram = fingerprint.programHash().equals(programs.get(key));
            return Optional.of(Found.of(sameProgram ? Stale.OTHER_OPTIONS : Stale.OTHER_PROGRAM));
        }
        if (changed) {
            return Optional.of(Found.of(Stale.CHANGED));
        }
        return Optional.of(
                entry.content().equals(content.get())
                        ? new Found(Optional.of(new Outcome.UpToDate(files)), Optional.empty())
                        : Found.of(Stale.OTHER_CONTENT));
    }

    private boolean exists(String name) {
        return Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether a path is a regular file of that content; one that cannot be read is not. */
    static boolean isFile(Path path, long size, String sha256) {
        try {
            return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                    && Files.size(path) == size
                    && new Sha256().add(path).hex().equals(sha256);
        } catch (IOException e) {
            return false;
        }
    }
}
