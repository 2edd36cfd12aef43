package io.twinbatch.it.emulator;

import java.nio.charset.StandardCharsets;

/**
 * A request as bytes for the wire.
 *
 * @param text the bytes, a character for each
 * @param head whether an answer to it has no body whatever its headers say
 * @param proper whether it is HTTP, so that it has to be answered
 */
record FuzzRequest(String text, boolean head, boolean proper) {
    byte[] bytes() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** As text for a report: its beginning, without what cannot be shown. */
    @Override
    public String toString() {
        String shown = text.replaceAll("[^\\x20-\\x7e\\n]", "?");
        return shown.length() > 2000 ? shown.substring(0, 2000) + "..." : shown;
    }
}
