package io.twinbatch.app.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a terminal shows, with as many rows as it takes. When the window gets another width, some terminals break long
 * lines anew and others cut them off; this one can do both.
 */
final class TerminalScreen {
    private static final Pattern PIECE = Pattern.compile("\u001b\\[([?0-9]*)([A-Za-z])|.", Pattern.DOTALL);

    private static final class Row {
        private final StringBuilder text = new StringBuilder();
        private boolean continues;
    }

    private final boolean breaksAnew;
    private List<Row> rows = new ArrayList<>(List.of(new Row()));
    private int columns;
    private int row;
    private int column;
    private boolean wrap = true;

    TerminalScreen(int columns, boolean breaksAnew) {
        this.columns = columns;
        this.breaksAnew = breaksAnew;
    }

    /** The rows that are not blank. */
    List<String> lines() {
        return rows.stream()
                .map(line -> line.text.toString().stripTrailing())
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** Gets what a program writes. */
    void write(String output) {
        Matcher pieces = PIECE.matcher(output);
        while (pieces.find()) {
            if (pieces.group(2) == null) {
                put(pieces.group().charAt(0));
            } else {
                control(pieces.group(1) + pieces.group(2));
            }
        }
    }

    private void control(String sequence) {
        switch (sequence) {
            case "J" -> {
                rows = new ArrayList<>(rows.subList(0, row + 1));
                eraseToTheEndOfTheRow();
            }
            case "K" -> eraseToTheEndOfTheRow();
            case "?7l" -> wrap = false;
            case "?7h" -> wrap = true;
            default -> throw new IllegalArgumentException("this terminal does not know " + sequence);
        }
    }

    private void eraseToTheEndOfTheRow() {
        Row line = rows.get(row);
        line.text.setLength(Math.min(line.text.length(), column));
        line.continues = false;
    }

    private void put(char character) {
        switch (character) {
            case '\r' -> column = 0;
            case '\n' -> {
                nextRow();
                column = 0;
            }
            default -> putVisible(character);
        }
    }

    private void putVisible(char character) {
        if (column == columns) {
            if (wrap) {
                rows.get(row).continues = true;
                nextRow();
                column = 0;
            } else {
                column--;
            }
        }
        StringBuilder text = rows.get(row).text;
        text.append(" ".repeat(Math.max(0, column + 1 - text.length())));
        text.setCharAt(column, character);
        column++;
    }

    private void nextRow() {
        row++;
        if (row == rows.size()) {
            rows.add(new Row());
        }
    }

    /** The window gets another width. */
    void resize(int newColumns) {
        columns = newColumns;
        if (breaksAnew) {
            breakAnew();
        } else {
            rows.forEach(line -> line.text.setLength(Math.min(line.text.length(), columns)));
            column = Math.min(column, columns);
        }
    }

    /** The cursor stays with the character that it is at. */
    private void breakAnew() {
        List<Row> broken = new ArrayList<>();
        int newRow = 0;
        int newColumn = 0;
        int index = 0;
        while (index < rows.size()) {
            StringBuilder whole = new StringBuilder();
            int cursor = -1;
            boolean continues = true;
            while (continues) {
                if (index == row) {
                    cursor = whole.length() + column;
                }
                whole.append(rows.get(index).text);
                continues = rows.get(index).continues;
                index++;
            }
            if (cursor >= 0) {
                newRow = broken.size() + Math.min(cursor, whole.length()) / columns;
                newColumn = cursor % columns;
            }
            addBroken(broken, whole);
        }
        rows = broken;
        row = newRow;
        column = newColumn;
        while (row >= rows.size()) {
            rows.add(new Row());
        }
    }

    private void addBroken(List<Row> broken, StringBuilder whole) {
        int start = 0;
        do {
            int end = Math.min(whole.length(), start + columns);
            Row part = new Row();
            part.text.append(whole, start, end);
            part.continues = end < whole.length();
            broken.add(part);
            start = end;
        } while (start < whole.length());
    }
}
