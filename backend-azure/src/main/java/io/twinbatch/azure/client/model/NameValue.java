package io.twinbatch.azure.client.model;

/** A name with its value, as details, metadata, environment settings and upload headers have it. */
public record NameValue(String name, String value) {
    /** Leaves out the value, which may be a signed URL. */
    @Override
    public String toString() {
        return name + "=***";
    }
}
