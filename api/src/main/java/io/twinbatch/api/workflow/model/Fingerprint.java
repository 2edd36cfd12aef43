package io.twinbatch.api.workflow.model;

import java.util.Objects;

/**
 * What the results of a program depend on beside their input. Two programs of the same fingerprint make the same of the same
 * input.
 *
 * @param program what names the program and its version; any text
 * @param options the options that its results depend on; any text
 */
public record Fingerprint(String program, String options) {
    public Fingerprint {
        Objects.requireNonNull(program, "program");
        Objects.requireNonNull(options, "options");
    }

    /** The SHA-256 of the whole. */
    public String hash() {
        return new Sha256().add(program + " " + options).hex();
    }

    /** The SHA-256 of the program alone. */
    public String programHash() {
        return new Sha256().add(program).hex();
    }
}
