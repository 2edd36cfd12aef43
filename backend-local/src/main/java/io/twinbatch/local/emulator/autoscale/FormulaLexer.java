package io.twinbatch.local.emulator.autoscale;

import java.util.ArrayList;
import java.util.List;

/** Cuts a formula into words; line breaks and comments are left out. */
final class FormulaLexer {
    private static final List<String> SIGNS = List.of(
            "<=", ">=", "==", "!=", "&&", "||", "<", ">", "=", "!", "+", "-", "*", "/", "?", ":", ";", ",", ".", "(",
            ")");

    private final String source;
    private final List<FormulaToken> tokens = new ArrayList<>();
    private int index;
    private int line = 1;
    private int lineStart;

    private FormulaLexer(String source) {
        this.source = source;
    }

    /** The words of a formula, with an {@code END} behind them. */
    static List<FormulaToken> tokens(String source) {
        FormulaLexer lexer = new FormulaLexer(source);
        while (lexer.index < source.length()) {
            lexer.next();
        }
        lexer.add(FormulaToken.Kind.END, "", lexer.position());
        return lexer.tokens;
    }

    private Position position() {
        return new Position(line, index - lineStart + 1);
    }

    private void add(FormulaToken.Kind kind, String text, Position position) {
        tokens.add(new FormulaToken(kind, text, position));
    }

    private void next() {
        char c = source.charAt(index);
        if (Character.isWhitespace(c)) {
            skip();
        } else if (source.startsWith("//", index)) {
            while (index < source.length() && source.charAt(index) != '\n') {
                index++;
            }
        } else if (source.startsWith("/*", index)) {
            comment();
        } else if (c == '"' || c == '\'') {
            text(c);
        } else if (isDigit(c) || (c == '.' && index + 1 < source.length() && isDigit(source.charAt(index + 1)))) {
            number();
        } else if (isNameStart(c)) {
            name();
        } else {
            sign();
        }
    }

    private void skip() {
        if (source.charAt(index++) == '\n') {
            line++;
            lineStart = index;
        }
    }

    private void comment() {
        Position start = position();
        int end = source.indexOf("*/", index + 2);
        if (end < 0) {
            throw new FormulaSyntaxException(start, "the comment has no end");
        }
        while (index < end + 2) {
            skip();
        }
    }

    private void text(char quote) {
        Position start = position();
        int end = source.indexOf(quote, index + 1);
        if (end < 0) {
            throw new FormulaSyntaxException(start, "the text has no end");
        }
        add(FormulaToken.Kind.TEXT, source.substring(index + 1, end), start);
        while (index <= end) {
            skip();
        }
    }

    private void number() {
        Position start = position();
        int from = index;
        while (index < source.length() && (isDigit(source.charAt(index)) || source.charAt(index) == '.')) {
            index++;
        }
        exponent();
        add(FormulaToken.Kind.NUMBER, source.substring(from, index), start);
    }

    private void exponent() {
        if (index == source.length() || "eE".indexOf(source.charAt(index)) < 0) {
            return;
        }
        boolean signed = index + 1 < source.length() && "+-".indexOf(source.charAt(index + 1)) >= 0;
        int digits = index + (signed ? 2 : 1);
        if (digits == source.length() || !isDigit(source.charAt(digits))) {
            return;
        }
        index = digits;
        while (index < source.length() && isDigit(source.charAt(index))) {
            index++;
        }
    }

    private void name() {
        Position start = position();
        int from = index++;
        while (index < source.length()
                && (isNameStart(source.charAt(index)) || isDigit(source.charAt(index)))
                && source.charAt(index) != '$') {
            index++;
        }
        add(FormulaToken.Kind.NAME, source.substring(from, index), start);
    }

    private void sign() {
        for (String sign : SIGNS) {
            if (source.startsWith(sign, index)) {
                add(FormulaToken.Kind.SIGN, sign, position());
                index += sign.length();
                return;
            }
        }
        throw new FormulaSyntaxException(position(), "there is a character that cannot stand here");
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
    }
}
