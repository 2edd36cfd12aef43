package io.twinbatch.local.emulator.autoscale;

import io.twinbatch.api.error.QuotedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Makes statements of the words of a formula, by recursive descent.
 *
 * <pre>
 * formula  = [ statement { ";" [ statement ] } ]
 * statement = name "=" choice | choice
 * choice   = either [ "?" choice ":" choice ]
 * either, both, equal, ordered, sum, product: operators, the loosest first
 * unary    = ( "-" | "!" ) unary | part { "." name [ arguments ] }
 * part     = number | text | name [ arguments ] | "(" choice ")"
 * </pre>
 */
final class Parser {
    private static final int MAX_STATEMENTS = 100;

    /** So that no formula, however nested, ends the thread's stack. */
    private static final int MAX_DEPTH = 40;

    private final List<FormulaToken> tokens;
    private int index;
    private int depth;

    Parser(List<FormulaToken> tokens) {
        this.tokens = tokens;
    }

    /** The statements. */
    List<Statement> parse() {
        List<Statement> statements = new ArrayList<>();
        while (peek().kind() != FormulaToken.Kind.END) {
            if (skip(";")) {
                continue;
            }
            if (statements.size() == MAX_STATEMENTS) {
                throw new FormulaSyntaxException(
                        peek().position(), "there are more than " + MAX_STATEMENTS + " statements");
            }
            statements.add(statement());
            if (peek().kind() != FormulaToken.Kind.END && !peek().isSign(";")) {
                throw unexpected("';'");
            }
        }
        return statements;
    }

    private Statement statement() {
        FormulaToken first = peek();
        if (first.kind() == FormulaToken.Kind.NAME && tokens.get(index + 1).isSign("=")) {
            index += 2;
            return new Statement.Assignment(first.position(), first.text(), choice());
        }
        if (first.kind() == FormulaToken.Kind.NAME
                && first.text().equals("stop")
                && tokens.get(index + 1).isSign("(")) {
            index += 2;
            expect(")");
            return new Statement.Stop();
        }
        return new Statement.Evaluation(choice());
    }

    private Expression choice() {
        return nested(() -> {
            Expression condition = either();
            Position position = peek().position();
            if (!skip("?")) {
                return condition;
            }
            Expression yes = choice();
            expect(":");
            return new Expression.Choice(position, condition, yes, choice());
        });
    }

    private Expression either() {
        return binary(this::both, "||");
    }

    private Expression both() {
        return binary(this::equal, "&&");
    }

    private Expression equal() {
        return binary(this::ordered, "==", "!=");
    }

    private Expression ordered() {
        return binary(this::sum, "<", "<=", ">", ">=");
    }

    private Expression sum() {
        return binary(this::product, "+", "-");
    }

    private Expression product() {
        return binary(this::unary, "*", "/");
    }

    /** A long row of operands is as deep as it is long, so each counts. */
    private Expression binary(Supplier<Expression> operand, String... signs) {
        Expression left = operand.get();
        int operands = 0;
        while (List.of(signs).contains(peek().text()) && peek().kind() == FormulaToken.Kind.SIGN) {
            operands++;
            if (operands > MAX_DEPTH * MAX_DEPTH) {
                throw new FormulaSyntaxException(peek().position(), "the expression is too long");
            }
            FormulaToken sign = next();
            left = new Expression.Binary(sign.position(), sign.text(), left, operand.get());
        }
        return left;
    }

    private Expression unary() {
        return nested(() -> {
            FormulaToken first = peek();
            if (skip("-") || skip("!")) {
                return new Expression.Unary(first.position(), first.text(), unary());
            }
            return members(part());
        });
    }

    private Expression members(Expression object) {
        Expression result = object;
        while (peek().isSign(".")) {
            Position position = next().position();
            FormulaToken name = next();
            if (name.kind() != FormulaToken.Kind.NAME) {
                throw new FormulaSyntaxException(name.position(), "the name of a method or a part should stand here");
            }
            result = peek().isSign("(")
                    ? new Expression.Method(position, result, name.text(), arguments())
                    : new Expression.Member(position, result, name.text());
        }
        return result;
    }

    private Expression part() {
        FormulaToken token = peek();
        switch (token.kind()) {
            case NUMBER -> {
                index++;
                return new Expression.Literal(new Value.Amount(number(token)));
            }
            case TEXT -> {
                index++;
                return new Expression.Literal(new Value.Text(token.text()));
            }
            case NAME -> {
                index++;
                return peek().isSign("(")
                        ? new Expression.Call(token.position(), token.text(), arguments())
                        : new Expression.Variable(token.position(), token.text());
            }
            default -> {
                if (!skip("(")) {
                    throw unexpected("a value");
                }
                Expression inner = choice();
                expect(")");
                return inner;
            }
        }
    }

    private List<Expression> arguments() {
        expect("(");
        List<Expression> arguments = new ArrayList<>();
        if (skip(")")) {
            return arguments;
        }
        do {
            arguments.add(choice());
        } while (skip(","));
        expect(")");
        return arguments;
    }

    private static double number(FormulaToken token) {
        try {
            return Double.parseDouble(token.text());
        } catch (NumberFormatException e) {
            throw new FormulaSyntaxException(token.position(), "'" + QuotedValue.of(token.text()) + "' is no number");
        }
    }

    private Expression nested(Supplier<Expression> inner) {
        depth++;
        if (depth > 2 * MAX_DEPTH) {
            throw new FormulaSyntaxException(peek().position(), "the formula is nested too deep");
        }
        Expression expression = inner.get();
        depth--;
        return expression;
    }

    private boolean skip(String sign) {
        boolean there = peek().isSign(sign);
        if (there) {
            index++;
        }
        return there;
    }

    private void expect(String sign) {
        if (!skip(sign)) {
            throw unexpected("'" + sign + "'");
        }
    }

    private FormulaToken peek() {
        return tokens.get(index);
    }

    /** The next word; the end stays where it is. */
    private FormulaToken next() {
        FormulaToken token = tokens.get(index);
        if (token.kind() != FormulaToken.Kind.END) {
            index++;
        }
        return token;
    }

    private FormulaSyntaxException unexpected(String wanted) {
        FormulaToken token = peek();
        String found = token.kind() == FormulaToken.Kind.END
                ? "the formula ends"
                : "there is '" + QuotedValue.of(token.text()) + "'";
        return new FormulaSyntaxException(token.position(), found + " where " + wanted + " should be");
    }
}
