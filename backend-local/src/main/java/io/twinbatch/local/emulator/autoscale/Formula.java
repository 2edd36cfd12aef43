package io.twinbatch.local.emulator.autoscale;

import io.twinbatch.local.emulator.http.ServiceFault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An autoscale formula. It has no loops, and its length, its depth and the vectors in it are bounded, so that evaluating one
 * takes milliseconds.
 */
public final class Formula {
    private static final int MAX_CHARACTERS = 8192;

    private final List<Statement> statements;

    private Formula(List<Statement> statements) {
        this.statements = List.copyOf(statements);
    }

    /**
     * Understands a formula.
     *
     * @throws ServiceFault 400 when it is too long or is no formula; its values say where and why
     */
    public static Formula parse(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new ServiceFault(
                    400,
                    "AutoScaleFormulaTooLong",
                    "The specified autoscale formula is too long.",
                    Map.of("MaxLength", Integer.toString(MAX_CHARACTERS)));
        }
        try {
            return new Formula(new Parser(FormulaLexer.tokens(text)).parse());
        } catch (FormulaSyntaxException e) {
            throw new ServiceFault(
                    400,
                    "AutoScalingFormulaSyntaxError",
                    "The specified autoscale formula has a syntax error.",
                    Map.of("Message", e.getMessage()));
        }
    }

    /** How many nodes a pool should have. What goes wrong is a part of the result, and leaves the pool as it is. */
    public FormulaResult evaluate(PoolMetrics pool) {
        Scope scope = new Scope(pool);
        try {
            for (Statement statement : statements) {
                if (!statement.execute(scope)) {
                    break;
                }
            }
            return new FormulaResult(
                    pool.time(),
                    scope.dedicated(),
                    scope.lowPriority(),
                    scope.option(),
                    scope.results(),
                    Optional.empty());
        } catch (EvaluationException e) {
            return new FormulaResult(
                    pool.time(),
                    pool.targetDedicatedNodes(),
                    pool.targetLowPriorityNodes(),
                    scope.option(),
                    scope.results(),
                    Optional.of(failure(e)));
        }
    }

    private static FormulaResult.Failure failure(EvaluationException e) {
        Map<String, String> values = Map.of("Message", e.getMessage());
        return e.areSamplesMissing()
                ? new FormulaResult.Failure(
                        "InsufficientSampleData", "Autoscale evaluation failed due to insufficient sample data", values)
                : new FormulaResult.Failure(
                        "AutoScalingFormulaEvaluationError", "The formula could not be evaluated", values);
    }
}
