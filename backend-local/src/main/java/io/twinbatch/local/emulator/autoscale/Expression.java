package io.twinbatch.local.emulator.autoscale;

import io.twinbatch.api.error.QuotedValue;
import java.util.List;

/** A part of a formula that has a value. */
sealed interface Expression {
    /** Its value among these variables. */
    Value evaluate(Scope scope);

    /** A number or a text as it is written. */
    record Literal(Value value) implements Expression {
        @Override
        public Value evaluate(Scope scope) {
            return value;
        }
    }

    /** A variable or a constant. */
    record Variable(Position position, String name) implements Expression {
        @Override
        public Value evaluate(Scope scope) {
            return scope.find(name)
                    .orElseThrow(() ->
                            new EvaluationException(position, "there is no variable '" + QuotedValue.of(name) + "'"));
        }
    }

    /** {@code -x} and {@code !x}. */
    record Unary(Position position, String sign, Expression operand) implements Expression {
        @Override
        public Value evaluate(Scope scope) {
            return Operators.apply(position, sign, Samples.latest(position, operand.evaluate(scope), scope));
        }
    }

    /** {@code x + y} and the like. */
    record Binary(Position position, String sign, Expression left, Expression right) implements Expression {
        @Override
        public Value evaluate(Scope scope) {
            Value first = Samples.latest(position, left.evaluate(scope), scope);
            // What decides alone leaves the other side out, which may have no value.
            if (sign.equals("&&") && !Operators.isTrue(position, first)) {
                return Value.Amount.of(false);
            }
            if (sign.equals("||") && Operators.isTrue(position, first)) {
                return Value.Amount.of(true);
            }
            return Operators.apply(position, sign, first, Samples.latest(position, right.evaluate(scope), scope));
        }
    }

    /** {@code condition ? x : y}. */
    record Choice(Position position, Expression condition, Expression yes, Expression no) implements Expression {
        @Override
        public Value evaluate(Scope scope) {
            Value value = Samples.latest(position, condition.evaluate(scope), scope);
            return (Operators.isTrue(position, value) ? yes : no).evaluate(scope);
        }
    }

    /** {@code name(x, y)}. */
    record Call(Position position, String name, List<Expression> arguments) implements Expression {
        @Override
        public Value evaluate(Scope scope) {
            List<Value> values = arguments.stream()
                    .map(argument -> Samples.latest(position, argument.evaluate(scope), scope))
                    .toList();
            return new Functions(position, scope).call(name, values);
        }
    }

    /** {@code x.name(y)}. */
    record Method(Position position, Expression object, String name, List<Expression> arguments) implements Expression {
        @Override
        public Value evaluate(Scope scope) {
            List<Value> values =
                    arguments.stream().map(argument -> argument.evaluate(scope)).toList();
            return Samples.of(position, object.evaluate(scope), scope).call(name, values);
        }
    }

    /** {@code x.name}. */
    record Member(Position position, Expression object, String name) implements Expression {
        @Override
        public Value evaluate(Scope scope) {
            return TimeParts.of(position, object.evaluate(scope), name);
        }
    }
}
