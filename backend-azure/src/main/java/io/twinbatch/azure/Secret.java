package io.twinbatch.azure;

import java.util.Objects;

/**
 * A text that nobody may read by accident: {@link #toString()} does not show it.
 *
 * @param value the text
 */
public record Secret(String value) {
    public Secret {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return "***";
    }
}
