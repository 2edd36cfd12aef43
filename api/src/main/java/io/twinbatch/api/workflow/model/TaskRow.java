package io.twinbatch.api.workflow.model;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a row of a table gives a task beside its input, or in place of it.
 *
 * @param number the number of the row, from 1
 * @param repetition how many rows up to this one have its input: 1 for the first of them, and for a row without one
 * @param variables the variables of the task, by name, in the order of the columns; none of them secret
 * @param files the files that lie in folders of their own beside the input
 * @param hasInput whether the task has an input; otherwise its input is a name alone
 */
public record TaskRow(
        int number, int repetition, Map<String, String> variables, List<RowFile> files, boolean hasInput) {
    public TaskRow {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        files = List.copyOf(files);
    }

    /**
     * A file of a row.
     *
     * @param path where it is on this machine
     * @param size how many bytes it had when it was read
     * @param place its path in the folder in which the task's command runs
     */
    public record RowFile(Path path, long size, String place) {
        public RowFile {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(place, "place");
        }
    }

    /** The same row with its files as they are now. */
    TaskRow reread() {
        return new TaskRow(
                number,
                repetition,
                variables,
                files.stream()
                        .map(file -> new RowFile(
                                file.path(), InputFile.of(file.path()).size(), file.place()))
                        .toList(),
                hasInput);
    }

    /**
     * The SHA-256 of all that the row gives its task, 64 lower-case hexadecimal digits.
     *
     * @param input the SHA-256 of the content of the input; empty without an input
     * @param contents the SHA-256 of the content of each file, in their order
     */
    String contentHash(String input, List<String> contents) {
        Sha256 digest = new Sha256().add("row " + input + "\n");
        variables.forEach(
                (name, value) -> digest.add(name + " " + new Sha256().add(value).hex() + "\n"));
        for (int i = 0; i < files.size(); i++) {
            String place = new Sha256().add(files.get(i).place()).hex();
            digest.add("file " + place + " " + contents.get(i) + "\n");
        }
        return digest.hex();
    }
}
