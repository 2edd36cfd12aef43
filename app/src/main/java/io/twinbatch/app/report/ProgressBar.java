package io.twinbatch.app.report;

/** Draws how far something has come, within a given width. */
final class ProgressBar {
    private static final int WIDEST = 40;
    private static final int NARROWEST = 10;

    private ProgressBar() {}

    /**
     * The bar, such as {@code [#####-----]}, and the text after it; the text alone when there is no room for both.
     *
     * @param done how much is done
     * @param all how much there is; 0 counts as all done
     */
    static String draw(long done, long all, String text, int columns) {
        // One column stays free, since some terminals move to the next line once the last one is written.
        int room = columns - 1 - "[] ".length() - DisplayWidth.of(text);
        if (room < NARROWEST) {
            return DisplayWidth.cut(text, columns - 1);
        }
        int width = Math.min(WIDEST, room);
        int filled = all <= 0 ? width : (int) (width * Math.min(done, all) / all);
        return "[" + "#".repeat(filled) + "-".repeat(width - filled) + "] " + text;
    }
}
