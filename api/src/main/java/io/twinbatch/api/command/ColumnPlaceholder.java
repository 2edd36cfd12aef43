package io.twinbatch.api.command;

import io.twinbatch.api.command.TableColumn.Kind;

/**
 * What stands for the cell of a column.
 *
 * @param column the column
 * @param text the placeholder as it is written
 */
record ColumnPlaceholder(TableColumn column, String text) implements Placeholder {
    ColumnPlaceholder(TableColumn column) {
        this(column, "{" + column.name() + "}");
    }

    @Override
    public String expansion() {
        return isSeveral() ? column.pattern() : "${" + column.name() + "}";
    }

    @Override
    public boolean isSeveral() {
        return column.kind() == Kind.FILES;
    }

    @Override
    public boolean mayBeNumber() {
        return column.kind() == Kind.VALUE;
    }

    @Override
    public String value(InputValues input) {
        return isSeveral() ? column.pattern() : input.variables().getOrDefault(column.name(), "");
    }
}
