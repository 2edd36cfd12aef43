package io.twinbatch.app.page;

import java.util.Locale;

/** Numbers in SVG, as short as they can be without a visible difference. */
final class SvgNumber {
    private SvgNumber() {}

    /** A coordinate with one decimal. */
    static String of(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
