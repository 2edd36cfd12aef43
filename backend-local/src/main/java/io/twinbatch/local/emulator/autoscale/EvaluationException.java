package io.twinbatch.local.emulator.autoscale;

/** Says why a formula that can be understood has no value. */
final class EvaluationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean samplesMissing;

    private EvaluationException(String message, boolean samplesMissing) {
        super(message);
        this.samplesMissing = samplesMissing;
    }

    EvaluationException(Position position, String reason) {
        this(position + ": " + reason, false);
    }

    static EvaluationException samplesMissing(Position position, Metric metric, double wanted, double received) {
        return new EvaluationException(
                position + ": Insufficient data from data set: " + metric.variable() + " wanted " + Numbers.text(wanted)
                        + "%, received " + Numbers.text(received) + "%",
                true);
    }

    boolean areSamplesMissing() {
        return samplesMissing;
    }
}
