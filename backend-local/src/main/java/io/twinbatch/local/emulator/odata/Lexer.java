package io.twinbatch.local.emulator.odata;

import java.util.ArrayList;
import java.util.List;

/** Cuts a filter into words. */
final class Lexer {
    private static final String TIME_PREFIX = "datetime";

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int position;

    private Lexer(String source) {
        this.source = source;
    }

    /**
     * The words of a filter, with an {@code END} behind them.
     *
     * @throws SyntaxException when there is a character that no word begins with, or a literal without an end
     */
    static List<Token> tokens(String source) {
        Lexer lexer = new Lexer(source);
        while (lexer.position < source.length()) {
            lexer.next();
        }
        lexer.tokens.add(new Token(Token.Kind.END, "", source.length()));
        return lexer.tokens;
    }

    private void next() {
        char c = source.charAt(position);
        if (Character.isWhitespace(c)) {
            position++;
        } else if (c == '(') {
            single(Token.Kind.OPEN);
        } else if (c == ')') {
            single(Token.Kind.CLOSE);
        } else if (c == ',') {
            single(Token.Kind.COMMA);
        } else if (c == '\'') {
            int start = position;
            tokens.add(new Token(Token.Kind.TEXT, quoted(), start));
        } else if (isDigit(c) || c == '-') {
            number();
        } else if (isNameStart(c)) {
            name();
        } else {
            throw new SyntaxException("There is a character that cannot stand at position " + position + ".");
        }
    }

    private void single(Token.Kind kind) {
        tokens.add(new Token(kind, source.substring(position, position + 1), position));
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
        throw new SyntaxException("The text that begins at position " + start + " has no end.");
    }

    private void number() {
        int start = position++;
        while (position < source.length() && (isDigit(source.charAt(position)) || source.charAt(position) == '.')) {
            position++;
        }
        tokens.add(new Token(Token.Kind.NUMBER, source.substring(start, position), start));
    }

    private void name() {
        int start = position;
        while (position < source.length() && isNamePart(source.charAt(position))) {
            position++;
        }
        String name = source.substring(start, position);
        boolean time =
                name.equalsIgnoreCase(TIME_PREFIX) && position < source.length() && source.charAt(position) == '\'';
        tokens.add(time ? new Token(Token.Kind.TIME, quoted(), start) : new Token(Token.Kind.NAME, name, start));
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
