package io.twinbatch.local.emulator.query;

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
    private static final int MAX_DEPTH = 50;

    private final List<FilterToken> tokens;
    private final Set<String> properties;
    private final FilterWords words;
    private int position;
    private int depth;

    FilterParser(List<FilterToken> tokens, Set<String> properties, FilterWords words) {
        this.tokens = tokens;
        this.words = words;
        this.properties = properties;
    }

    /** The condition. */
    Predicate<JsonNode> parse() {
        Predicate<JsonNode> condition = any();
        if (peek().kind() != FilterToken.Kind.END) {
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
        if (depth > MAX_DEPTH) {
            throw new FilterSyntaxException("The filter is nested more than " + MAX_DEPTH + " deep.");
        }
        Predicate<JsonNode> condition = condition();
        depth--;
        return condition;
    }

    private Predicate<JsonNode> condition() {
        FilterToken token = next();
        if (token.isName("not")) {
            return one().negate();
        }
        if (token.kind() == FilterToken.Kind.OPEN) {
            Predicate<JsonNode> inner = any();
            expect(FilterToken.Kind.CLOSE, "')'");
            return inner;
        }
        if (token.kind() != FilterToken.Kind.NAME) {
            throw unexpected(token, "a property");
        }
        return peek().kind() == FilterToken.Kind.OPEN ? function(token) : comparison(token);
    }

    private Predicate<JsonNode> function(FilterToken name) {
        if (!name.isName("startswith")) {
            throw new FilterSyntaxException("There is no function '" + QuotedValue.of(name.text()) + "'.");
        }
        next();
        String[] path = property(expect(FilterToken.Kind.NAME, "a property"));
        expect(FilterToken.Kind.COMMA, "','");
        String start = expect(FilterToken.Kind.TEXT, "a text in quotes").text().toLowerCase(Locale.ROOT);
        expect(FilterToken.Kind.CLOSE, "')'");
        return item -> {
            JsonNode value = at(item, path);
            return value.isTextual()
                    && value.textValue().toLowerCase(Locale.ROOT).startsWith(start);
        };
    }

    private Predicate<JsonNode> comparison(FilterToken name) {
        String[] path = property(name);
        FilterToken operator = next();
        Comparison comparison = Comparison.of(operator.kind() == FilterToken.Kind.NAME ? operator.text() : "")
                .orElseThrow(() -> unexpected(operator, "one of eq, ne, gt, ge, lt, le"));
        Literal literal = literal(next());
        if (literal instanceof Literal.Text text) {
            words.require(name.text(), text.text());
        }
        return item -> holds(comparison, literal.order(at(item, path)));
    }

    private static boolean holds(Comparison comparison, OptionalInt order) {
        return order.isPresent() ? comparison.holds(order.getAsInt()) : comparison == Comparison.NE;
    }

    private Literal literal(FilterToken token) {
        return switch (token.kind()) {
            case TEXT -> new Literal.Text(token.text());
            case NUMBER -> number(token);
            case TIME ->
                Literal.Time.of(token.text())
                        .orElseThrow(
                                () -> new FilterSyntaxException("'" + QuotedValue.of(token.text()) + "' is no time."));
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

    private static Literal number(FilterToken token) {
        try {
            return new Literal.Amount(new BigDecimal(token.text()));
        } catch (NumberFormatException e) {
            throw new FilterSyntaxException("'" + QuotedValue.of(token.text()) + "' is no number.");
        }
    }

    private String[] property(FilterToken name) {
        if (!properties.contains(name.text())) {
            throw new FilterSyntaxException(
                    "The property '" + QuotedValue.of(name.text()) + "' cannot be asked about here.");
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

    private FilterToken expect(FilterToken.Kind kind, String words) {
        FilterToken token = next();
        if (token.kind() != kind) {
            throw unexpected(token, words);
        }
        return token;
    }

    private FilterToken peek() {
        return tokens.get(position);
    }

    /** The next word; the end stays where it is. */
    private FilterToken next() {
        FilterToken token = tokens.get(position);
        if (token.kind() != FilterToken.Kind.END) {
            position++;
        }
        return token;
    }

    private static FilterSyntaxException unexpected(FilterToken token, String wanted) {
        String found = token.kind() == FilterToken.Kind.END
                ? "the filter ends"
                : "there is '" + QuotedValue.of(token.text()) + "'";
        return new FilterSyntaxException(
                "At position " + token.start() + " " + found + "; " + wanted + " should follow.");
    }
}
