package io.twinbatch.local.emulator.document;

import com.fasterxml.jackson.databind.JsonNode;

/** Command lines in documents. What is wrong with one beyond this shows when it is run, as on the service. */
public final class CommandLines {
    private CommandLines() {}

    public static String legal(String name, JsonNode task) {
        return legal(name, task.get("commandLine").textValue());
    }

    public static String legal(String name, String line) {
        if (line.indexOf('\0') >= 0) {
            throw BodyFaults.invalid(name, line, "It has a NUL character.");
        }
        return line;
    }
}
