package io.twinbatch.api.command;

import io.twinbatch.api.command.TableColumn.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The placeholders that a command and its patterns may have. */
final class Placeholders {
    /** Those of a run without a table. */
    static final Placeholders OF_INPUTS = new Placeholders(List.of());

    private final List<TableColumn> columns;
    private final List<Placeholder> known = new ArrayList<>();

    /** Those of a table; without columns those of inputs alone. */
    Placeholders(List<TableColumn> columns) {
        this.columns = List.copyOf(columns);
        Optional<TableColumn> inputs =
                columns.stream().filter(TableColumn::isInput).findFirst();
        if (columns.isEmpty() || inputs.map(TableColumn::kind).equals(Optional.of(Kind.FILE))) {
            known.addAll(List.of(InputPlaceholder.values()));
        } else {
            known.add(InputPlaceholder.NUMBER);
            inputs.ifPresent(column -> known.add(new ColumnPlaceholder(column, InputPlaceholder.INPUT.text())));
        }
        columns.stream()
                .filter(column -> !column.isInput())
                .map(ColumnPlaceholder::new)
                .forEach(known::add);
    }

    List<TableColumn> columns() {
        return columns;
    }

    /** Whether there is an input for which {@code {}} stands. */
    boolean hasInput() {
        return known.stream().anyMatch(placeholder -> placeholder.text().equals(InputPlaceholder.INPUT.text()));
    }

    /** The placeholder that begins at a position of a text. */
    Optional<Placeholder> at(String text, int position) {
        return known.stream()
                .filter(placeholder -> text.startsWith(placeholder.text(), position))
                .findFirst();
    }

    /** Why a text that looks like a placeholder is none. */
    String refusal(String lookalike) {
        String all = known.stream().map(Placeholder::text).collect(Collectors.joining(", "));
        boolean ofInputs =
                Stream.of(InputPlaceholder.values()).anyMatch(its -> its.text().equals(lookalike));
        if (!ofInputs) {
            return lookalike + " is no placeholder; there are " + all;
        }
        return lookalike
                + (hasInput()
                        ? " stands for one input, and a row of the table has several"
                        : " stands for the input, and the table has no column that is called " + TableColumn.INPUT)
                + "; there are " + all;
    }
}
