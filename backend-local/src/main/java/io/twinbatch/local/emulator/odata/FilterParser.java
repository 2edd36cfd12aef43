package io.twinbatch.local.emulator.odata;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.api.error.QuotedValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Makes a condition of the words of a filter, by recursive descent.
 *
 * <pre>
 * any       = all { "or" all }
 * all       = one { "and" one }
 * one       = "not" one | "(" any ")" | "startswith" "(" property "," text ")" | property comparison literal
 * </pre>
 */
final class FilterParser {
    /** So that no filter, however nested, ends the thread's stack. */
    private static final int MOST_DEPTH = 50;

    private final List<Token> tokens;
    private final Set<String> properties;
    private int position;
    private int depth;

    FilterParser(List<Token> tokens, Set<String> properties) {
        this.tokens = tokens;
        this.properties = properties;
    }

    /** The condition. */
    Predicate<JsonNode> parse() {
        Predicate<JsonNode> condition = any();
        if (peek().kind() != Token.Kind.END) {
            throw unexpected(peek(), "the end, 'and' or 'or'");
        }
        return condition;
    }

    private Predicate<JsonNode> any() {
        List<Predicate<JsonNode>> parts = new ArrayList<>();
        do {
            parts.add(all());
        } while (skip("or"));
        return parts.size() == 1 ? parts.get(0) : item -> parts.stream().anyMatch(part -> part.test(item));
    }

    private Predicate<JsonNode> all() {
        List<Predicate<JsonNode>> parts = new ArrayList<>();
        do {
            parts.add(one());
        } while (skip("and"));
        return parts.size() == 1 ? parts.get(0) : item -> parts.stream().allMatch(part -> part.test(item));
    }

    private Predicate<JsonNode> one() {
        depth++;
        if (depth > MOST_DEPTH) {
            throw new SyntaxException("The filter is nested more than " + MOST_DEPTH + " deep.");
        }
        Predicate<JsonNode> condition = condition();
        depth--;
        return condition;
    }

    private Predicate<JsonNode> condition() {
        Token token = next();
        if (token.isName("not")) {
            return one().negate();
        }
        if (token.kind() == Token.Kind.OPEN) {
            Predicate<JsonNode> inner = any();
            expect(Token.Kind.CLOSE, "')'");
            return inner;
        }
        if (token.kind() != Token.Kind.NAME) {
            throw unexpected(token, "a property");
        }
        return peek().kind() == Token.Kind.OPEN ? function(token) : comparison(token);
    }

    private Predicate<JsonNode> function(Token name) {
        if (!name.isName("startswith")) {
            throw new SyntaxException("There is no function '" + QuotedValue.of(name.text()) + "'.");
        }
        next();
        String[] path = property(expect(Token.Kind.NAME, "a property"));
        expect(Token.Kind.COMMA, "','");
        String start = expect(Token.Kind.TEXT, "a text in quotes").text().toLowerCase(Locale.ROOT);
        expect(Token.Kind.CLOSE, "')'");
        return item -> {
            JsonNode value = at(item, path);
            return value.isTextual()
                    && value.textValue().toLowerCase(Locale.ROOT).startsWith(start);
        };
    }

    private Predicate<JsonNode> comparison(Token name) {
        String[] path = property(name);
        Token operator = next();
        Comparison comparison = Comparison.of(operator.kind() == Token.Kind.NAME ? operator.text() : "")
                .orElseThrow(() -> unexpected(operator, "one of eq, ne, gt, ge, lt, le"));
        Literal literal = literal(next());
        return item -> holds(comparison, literal.order(at(item, path)));
    }

    private static boolean holds(Comparison comparison, OptionalInt order) {
        return order.isPresent() ? comparison.holds(order.getAsInt()) : comparison == Comparison.NE;
    }

    private Literal literal(Token token) {
        return switch (token.kind()) {
            case TEXT -> new Literal.Text(token.text());
            case NUMBER -> number(token);
            case TIME ->
                Literal.Time.of(token.text())
                        .orElseThrow(() -> new SyntaxException("'" + QuotedValue.of(token.text()) + "' is no time."));
            case NAME ->
                switch (token.text()) {
                    case "true" -> new Literal.Truth(true);
                    case "false" -> new Literal.Truth(false);
                    case "null" -> new Literal.Nothing();
                    default -> throw unexpected(token, "a value");
                };
            case OPEN, CLOSE, COMMA, END -> throw unexpected(token, "a value");
        };
    }

    private static Literal number(Token token) {
        try {
            return new Literal.Amount(new BigDecimal(token.text()));
        } catch (NumberFormatException e) {
            throw new SyntaxException("'" + QuotedValue.of(token.text()) + "' is no number.");
        }
    }

    private String[] property(Token name) {
        if (!properties.contains(name.text())) {
            throw new SyntaxException("The property '" + QuotedValue.of(name.text()) + "' cannot be asked about here.");
        }
        return name.text().split("/", -1);
    }

    private static JsonNode at(JsonNode item, String[] path) {
        JsonNode value = item;
        for (String name : path) {
            value = value.path(name);
        }
        return value;
    }

    private boolean skip(String word) {
        boolean there = peek().isName(word);
        if (there) {
            position++;
        }
        return there;
    }

    private Token expect(Token.Kind kind, String words) {
        Token token = next();
        if (token.kind() != kind) {
            throw unexpected(token, words);
        }
        return token;
    }

    private Token peek() {
        return tokens.get(position);
    }

    /** The next word; the end stays where it is. */
    private Token next() {
        Token token = tokens.get(position);
        if (token.kind() != Token.Kind.END) {
            position++;
        }
        return token;
    }

    private static SyntaxException unexpected(Token token, String wanted) {
        String found =
                token.kind() == Token.Kind.END ? "the filter ends" : "there is '" + QuotedValue.of(token.text()) + "'";
        return new SyntaxException("At position " + token.start() + " " + found + "; " + wanted + " should follow.");
    }
}
