package io.twinbatch.app.inputs;

import io.twinbatch.api.command.TableColumn;
import io.twinbatch.api.command.TableColumn.Kind;
import io.twinbatch.api.task.SpecLimits;
import io.twinbatch.api.workflow.model.InputFile;
import io.twinbatch.api.workflow.model.TaskRow;
import io.twinbatch.api.workflow.model.TaskRow.RowFile;
import io.twinbatch.app.exit.UsageException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a table of tasks. Its first line names the columns. The cells of {@code input} and of {@code input:NAME} are files or
 * patterns; those of any other column are the values of a variable of that name.
 */
public final class TaskTableReader {
    private static final String FILES_OF = TableColumn.INPUT + ":";

    /** Each file of a row is described to the service with a signed URL, and what is said of a task is limited. */
    private static final int MAX_FILES_OF_ROW = 1000;

    private final Path folder;
    private final InputSelection selection;
    private final TableText text;
    private final List<String> headers;
    private final List<OmittedInput> leftOut = new ArrayList<>();

    /** The files of each cell, since many rows name the same ones. */
    private final Map<String, List<InputFile>> resolved = new HashMap<>();

    private final Map<Path, Integer> repetitions = new HashMap<>();

    private TaskTableReader(Path folder, boolean strict, TableText text) {
        this.folder = folder;
        this.selection = new InputSelection(List.of(), List.of(), strict);
        this.text = text;
        this.headers = text.cells(1);
    }

    /**
     * Reads a table.
     *
     * @param source the path of the table, or {@code -} for standard input
     * @param folder what the paths in it are relative to, and its own
     * @param strict whether something that matches a pattern and cannot be an input is an error
     * @throws UsageException naming the line and the column of what is wrong
     */
    public static TaskTable read(String source, Path folder, Reader standardInput, boolean strict) {
        return new TaskTableReader(folder, strict, TableText.read(source, folder, standardInput)).read();
    }

    private TaskTable read() {
        requireNames();
        List<List<List<InputFile>>> files = new ArrayList<>();
        for (int line = 2; line <= text.lines().size(); line++) {
            files.add(files(line));
        }
        List<TableColumn> columns = new ArrayList<>();
        for (int column = 0; column < headers.size(); column++) {
            int index = column;
            boolean several = files.stream().anyMatch(row -> row.get(index).size() > 1);
            Kind kind = !isFiles(column) ? Kind.VALUE : several ? Kind.FILES : Kind.FILE;
            columns.add(new TableColumn(name(column), kind));
        }
        List<InputFile> rows = new ArrayList<>();
        for (int row = 0; row < files.size(); row++) {
            rows.add(row(row + 2, columns, files.get(row)));
        }
        return new TaskTable(columns, rows, leftOut);
    }

    private boolean isFiles(int column) {
        return headers.get(column).equals(TableColumn.INPUT)
                || headers.get(column).startsWith(FILES_OF);
    }

    private String name(int column) {
        String header = headers.get(column);
        return header.startsWith(FILES_OF) ? header.substring(FILES_OF.length()) : header;
    }

    private void requireNames() {
        Set<String> names = new HashSet<>();
        for (int column = 0; column < headers.size(); column++) {
            if (headers.get(column).isEmpty()) {
                throw text.error(1, Integer.toString(column + 1), "it has no name");
            }
            Optional<String> problem = TableColumn.nameProblem(name(column));
            if (problem.isPresent()) {
                throw text.error(1, headers.get(column), problem.get());
            }
            if (headers.get(column).equals(FILES_OF + TableColumn.INPUT)) {
                throw text.error(1, headers.get(column), "the column of the inputs is called " + TableColumn.INPUT);
            }
            if (!names.add(name(column))) {
                throw text.error(1, headers.get(column), "there are two columns of that name");
            }
        }
    }

    /** The files of each column; none for one of values, whose cells are checked. */
    private List<List<InputFile>> files(int line) {
        List<List<InputFile>> files = new ArrayList<>();
        for (int column = 0; column < headers.size(); column++) {
            String cell = text.cells(line).get(column);
            if (cell.indexOf('\0') >= 0) {
                throw text.error(line, headers.get(column), "it has a NUL character");
            }
            if (isFiles(column)) {
                files.add(files(line, headers.get(column), cell));
                continue;
            }
            if (cell.getBytes(StandardCharsets.UTF_8).length
                    > SpecLimits.VARIABLE - headers.get(column).length()) {
                throw text.error(line, headers.get(column), "it is too long for a variable; put it into a file");
            }
            files.add(List.of());
        }
        return files;
    }

    private List<InputFile> files(int line, String header, String cell) {
        List<InputFile> known = resolved.get(cell);
        if (known != null) {
            return known;
        }
        if (cell.isEmpty()) {
            throw text.error(line, header, "it is empty; name a file, or a pattern such as data/*.txt");
        }
        if (isFolder(cell)) {
            throw text.error(
                    line, header, cell + " is a folder; " + cell.replaceFirst("/*$", "/*") + " is the files in it");
        }
        ResolvedInputs found;
        try {
            found = InputResolver.resolve(folder, List.of(cell), List.of(), selection);
        } catch (UsageException e) {
            throw text.error(line, header, e.getMessage());
        }
        leftOut.addAll(found.leftOut());
        if (found.files().size() > MAX_FILES_OF_ROW) {
            throw text.error(
                    line,
                    header,
                    "it matches " + found.files().size() + " files, and " + MAX_FILES_OF_ROW + " is the most");
        }
        Set<String> names = new HashSet<>();
        for (InputFile file : found.files()) {
            if (!names.add(file.fileName())) {
                throw text.error(
                        line,
                        header,
                        "it matches two files that are called " + file.fileName() + ", which cannot lie in"
                                + " one folder");
            }
        }
        resolved.put(cell, found.files());
        return found.files();
    }

    private boolean isFolder(String cell) {
        try {
            return Files.isDirectory(folder.resolve(cell));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private InputFile row(int line, List<TableColumn> columns, List<List<InputFile>> files) {
        Map<String, String> variables = new LinkedHashMap<>();
        List<RowFile> further = new ArrayList<>();
        Optional<InputFile> input = Optional.empty();
        for (int i = 0; i < columns.size(); i++) {
            TableColumn column = columns.get(i);
            if (column.isInput() && column.kind() == Kind.FILE) {
                input = Optional.of(files.get(i).get(0));
                continue;
            }
            if (!column.isInput()) {
                variables.put(column.name(), value(column, text.cells(line).get(i), files.get(i)));
            }
            for (InputFile file : files.get(i)) {
                requireVisible(line, column, headers.get(i), file);
                further.add(new RowFile(file.path(), file.size(), column.place(file.fileName())));
            }
        }
        int repetition = input.map(file -> repetitions.merge(file.path(), 1, Integer::sum))
                .orElse(1);
        TaskRow row = new TaskRow(line - 1, repetition, variables, further, input.isPresent());
        input.ifPresent(file -> requireNoFolderOfThatName(line, columns, file));
        return input.map(file -> file.withRow(row)).orElseGet(() -> InputFile.ofRow(row));
    }

    private static String value(TableColumn column, String cell, List<InputFile> files) {
        return switch (column.kind()) {
            case VALUE -> cell;
            case FILE -> column.place(files.get(0).fileName());
            case FILES -> column.pattern();
        };
    }

    /** The star of a shell matches no hidden file. */
    private void requireVisible(int line, TableColumn column, String header, InputFile file) {
        if (column.kind() == Kind.FILES && file.fileName().startsWith(".")) {
            throw text.error(
                    line,
                    header,
                    file.fileName() + " begins with a dot, and " + column.pattern() + " does not match it");
        }
    }

    private void requireNoFolderOfThatName(int line, List<TableColumn> columns, InputFile input) {
        boolean taken = columns.stream()
                .anyMatch(column -> column.kind() != Kind.VALUE
                        && !column.isInput()
                        && column.name().equals(input.fileName()));
        if (taken) {
            throw text.error(
                    line,
                    TableColumn.INPUT,
                    input.fileName() + " is also the name of the folder with the files of the column " + FILES_OF
                            + input.fileName() + "; rename one of them");
        }
    }
}
