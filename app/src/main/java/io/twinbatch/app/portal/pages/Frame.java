package io.twinbatch.app.portal.pages;

import io.twinbatch.app.portal.model.Observation;
import java.util.List;
import java.util.Optional;

/**
 * What surrounds every page.
 *
 * @param title the page's title
 * @param section the part of the portal that it belongs to
 * @param crumbs the pages above it
 * @param where the backend, in a few words
 * @param observation what is known of the backend
 * @param live whether the page changes by itself
 */
public record Frame(
        String title,
        Section section,
        List<Crumb> crumbs,
        String where,
        Optional<Observation> observation,
        boolean live) {
    public Frame {
        crumbs = List.copyOf(crumbs);
    }

    /** The parts of the portal. */
    public enum Section {
        /** The first page. */
        OVERVIEW("Overview", "/"),
        /** Jobs and their tasks. */
        JOBS("Jobs", "/jobs"),
        /** Runs that have ended. */
        RUNS("Finished runs", "/runs"),
        /** Pools and their nodes. */
        POOLS("Pools and nodes", "/pools"),
        /** Containers and their objects. */
        OBJECTS("Objects", "/objects");

        private final String label;
        private final String address;

        Section(String label, String address) {
            this.label = label;
            this.address = address;
        }

        /** Its name for a person. */
        public String label() {
            return label;
        }

        /** Its first page. */
        public String address() {
            return address;
        }
    }

    /**
     * A page above another one.
     *
     * @param label its name
     * @param address its address
     */
    public record Crumb(String label, String address) {}
}
