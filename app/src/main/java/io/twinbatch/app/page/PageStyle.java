package io.twinbatch.app.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/** The stylesheet of every page, for a page that contains it or a server that has it beside its pages. */
public final class PageStyle {
    private final String text;

    private PageStyle(String text) {
        this.text = text;
    }

    /** Reads the stylesheet. */
    public static PageStyle load() {
        try (InputStream in = PageStyle.class.getResourceAsStream("page.css")) {
            return new PageStyle(
                    new String(Objects.requireNonNull(in, "page.css").readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the stylesheet cannot be read", e);
        }
    }

    /** The stylesheet itself. */
    public String text() {
        return text;
    }

    /** The source by which a content security policy allows a {@code style} element with exactly this text. */
    public String policySource() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
