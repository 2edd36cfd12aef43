package io.twinbatch.local.emulator.query;

import java.util.ArrayList;
import java.util.List;

/** Cuts a filter into words. */
final class FilterLexer {
    private static final String TIME_PREFIX = "datetime";

    private final String source;
    private final List<FilterToken> tokens = new ArrayList<>();
    private int position;

    private FilterLexer(String source) {
        this.source = source;
    }

    /**
     * The words of a filter, with an {@code END} behind them.
     *
     * @throws FilterSyntaxException when there is a character that no word begins with, or a literal without an end
     */
    static List<FilterToken> tokens(String source) {
        FilterLexer lexer = new FilterLexer(source);
        while (lexer.position < source.length()) {
            lexer.next();
        }
        lexer.tokens.add(new FilterToken(FilterToken.Kind.END, "", source.length()));
        return lexer.tokens;
    }

    private void next() {
        char c = source.charAt(position);
        if (Character.isWhitespace(c)) {
            position++;
        } else if (c == '(') {
            single(FilterToken.Kind.OPEN);
        } else if (c == ')') {
            single(FilterToken.Kind.CLOSE);
        } else if (c == ',') {
            single(FilterToken.Kind.COMMA);
        } else if (c == '\'') {
            int start = position;
            tokens.add(new FilterToken(FilterToken.Kind.TEXT, quoted(), start));
        } else if (isDigit(c) || c == '-') {
            number();
        } else if (isNameStart(c)) {
            name();
        } else {
            throw new FilterSyntaxException("There is a character that cannot stand at position " + position + ".");
        }
    }

    private void single(FilterToken.Kind kind) {
        tokens.add(new FilterToken(kind, source.substring(position, position + 1), position));
        position++;
    }

    /** A quote within is written twice. */
    private String quoted() {
        int start = position++;
        StringBuilder text = new StringBuilder();
        while (position < source.length()) {
            char c = source.charAt(position++);
            if (c != '\'') {
                text.append(c);
            } else if (position < source.length() && source.charAt(position) == '\'') {
                text.append('\'');
                position++;
            } else {
                return text.toString();
            }
        }
        throw new FilterSyntaxException("The text that begins at position " + start + " has no end.");
    }

    private void number() {
        int start = position++;
        while (position < source.length() && (isDigit(source.charAt(position)) || source.charAt(position) == '.')) {
            position++;
        }
        tokens.add(new FilterToken(FilterToken.Kind.NUMBER, source.substring(start, position), start));
    }

    private void name() {
        int start = position;
        while (position < source.length() && isNamePart(source.charAt(position))) {
            position++;
        }
        String name = source.substring(start, position);
        boolean time =
                name.equalsIgnoreCase(TIME_PREFIX) && position < source.length() && source.charAt(position) == '\'';
        tokens.add(
                time
                        ? new FilterToken(FilterToken.Kind.TIME, quoted(), start)
                        : new FilterToken(FilterToken.Kind.NAME, name, start));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || isDigit(c) || c == '/' || c == '.';
    }
}
