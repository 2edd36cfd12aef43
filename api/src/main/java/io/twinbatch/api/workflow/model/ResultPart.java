package io.twinbatch.api.workflow.model;

import java.util.Objects;

/**
 * A result of an input, on its way into the result over all inputs.
 *
 * @param object the name of its object in the output container
 * @param place its path in the output folder
 */
public record ResultPart(String object, String place) {
    public ResultPart {
        Objects.requireNonNull(object, "object");
        Objects.requireNonNull(place, "place");
    }
}
