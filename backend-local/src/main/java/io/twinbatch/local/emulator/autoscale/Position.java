package io.twinbatch.local.emulator.autoscale;

/**
 * A place in a formula, for messages.
 *
 * @param line counted from 1
 * @param column counted from 1
 */
record Position(int line, int column) {
    @Override
    public String toString() {
        return "Line " + line + ", Col " + column;
    }
}
