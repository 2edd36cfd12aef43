package io.twinbatch.local.emulator.autoscale;

/** A part of a formula that is carried out. */
sealed interface Statement {
    /**
     * Carries it out.
     *
     * @return whether the formula continues
     */
    boolean execute(Scope scope);

    /** {@code name = expression}. */
    public record Assignment(Position position, String name, Expression value) implements Statement {
        @Override
        public boolean execute(Scope scope) {
            scope.assign(position, name, Samples.latest(position, value.evaluate(scope), scope));
            return true;
        }
    }

    /** An expression alone, which is checked for errors. */
    record Evaluation(Expression value) implements Statement {
        @Override
        public boolean execute(Scope scope) {
            return value.evaluate(scope) != null;
        }
    }

    /** {@code stop()}. */
    record Stop() implements Statement {
        @Override
        public boolean execute(Scope scope) {
            return false;
        }
    }
}
