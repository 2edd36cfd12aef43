package io.twinbatch.api.workflow.model;

/** Why a result that exists is not taken for that of an input. */
public enum Stale {
    OTHER_OPTIONS("made with other options"),
    OTHER_PROGRAM("made by another program"),
    OTHER_CONTENT("made from other content"),
    CHANGED("changed since it was made"),
    UNKNOWN("not known to be a result of this input");

    private final String description;

    Stale(String description) {
        this.description = description;
    }

    /** The reason in words that follow the name of a result. */
    public String describe() {
        return description;
    }
}
