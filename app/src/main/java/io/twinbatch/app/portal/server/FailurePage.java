package io.twinbatch.app.portal.server;

/** Renders the page for what went wrong. */
@FunctionalInterface
public interface FailurePage {
    /**
     * The page.
     *
     * @param status the HTTP status
     * @param title what happened, in a few words
     * @param message what to do, in sentences
     */
    Answer of(int status, String title, String message);
}
