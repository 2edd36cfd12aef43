package io.twinbatch.app.portal.pages;

import java.util.List;
import java.util.Optional;

/**
 * The actions that a page offers.
 *
 * @param actions the actions
 * @param note why there are no others; empty when nothing is to be said
 */
public record ActionBar(List<PortalAction> actions, Optional<String> note) {
    /** None, without a word. */
    static final ActionBar NONE = new ActionBar(List.of(), Optional.empty());

    public ActionBar {
        actions = List.copyOf(actions);
    }
}
