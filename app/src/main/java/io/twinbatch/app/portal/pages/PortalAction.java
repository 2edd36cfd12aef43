package io.twinbatch.app.portal.pages;

import io.twinbatch.app.portal.pages.Frame.Crumb;
import io.twinbatch.app.portal.pages.Frame.Section;
import io.twinbatch.app.portal.server.WebRequest;
import java.util.List;

/**
 * Something that can be ordered on a page. It is asked about first, and done when the answer comes.
 *
 * @param name what it is called, such as {@code Terminate job render-1}
 * @param consequence what it does, for the person who is asked
 * @param address where it is asked about, and where the answer goes
 * @param section the part of the portal
 * @param back the page to go to afterwards
 * @param fields what is to be filled in
 * @param order does it
 */
public record PortalAction(
        String name, String consequence, String address, Section section, Crumb back, List<Field> fields, Order order) {
    public PortalAction {
        fields = List.copyOf(fields);
    }

    /** What is done, without to what: the first word. */
    public String verb() {
        return name.substring(0, name.indexOf(' '));
    }

    /**
     * A number to be filled in.
     *
     * @param name its name in the form
     * @param label what it is
     * @param value what it is now
     */
    public record Field(String name, String label, int value) {}

    /** Does it. */
    @FunctionalInterface
    public interface Order {
        /**
         * Does it.
         *
         * @return what has happened, in sentences
         * @throws io.twinbatch.api.error.BatchException when the backend refuses
         */
        String give(WebRequest answer);
    }
}
