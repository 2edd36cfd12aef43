package io.twinbatch.app.page;

/** The states that charts tell apart; each has a colour in the stylesheet. */
public enum ChartState {
    /** It ended well. */
    SUCCEEDED("succeeded"),
    /** It ended badly. */
    FAILED("failed"),
    /** It runs. */
    RUNNING("running"),
    /** It waits. */
    QUEUED("queued");

    private final String label;

    ChartState(String label) {
        this.label = label;
    }

    /** Its name for a person, which is also the end of its class {@code state-…} in the stylesheet. */
    public String label() {
        return label;
    }
}
