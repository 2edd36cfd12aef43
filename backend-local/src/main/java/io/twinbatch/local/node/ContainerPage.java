package io.twinbatch.local.node;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A page of the list of a container's objects, as Blob Storage writes it.
 *
 * @param entries the objects
 * @param next what asks for the next page; empty when this is the last
 */
record ContainerPage(List<Entry> entries, Optional<String> next) {
    ContainerPage {
        entries = List.copyOf(entries);
    }

    /**
     * An object.
     *
     * @param folder whether it stands for a folder: its name ends with a slash, or an account with hierarchical names has
     *     marked it as one
     */
    record Entry(String name, boolean folder) {}

    static ContainerPage read(byte[] answer) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            return new Reading(factory.createXMLStreamReader(new ByteArrayInputStream(answer))).page();
        } catch (XMLStreamException | IllegalArgumentException e) {
            throw new IOException("no list of objects", e);
        }
    }

    /** Metadata may have any names, so that only the place of an element says what it is. */
    private static final class Reading {
        private final XMLStreamReader reader;
        private final Deque<String> place = new ArrayDeque<>();
        private final List<Entry> entries = new ArrayList<>();
        private Optional<String> next = Optional.empty();
        private String name = "";
        private boolean encoded;
        private boolean folder;

        Reading(XMLStreamReader reader) {
            this.reader = reader;
        }

        ContainerPage page() throws XMLStreamException {
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamReader.START_ELEMENT -> start(reader.getLocalName());
                    case XMLStreamReader.CHARACTERS -> text(String.join("/", place), reader.getText());
                    case XMLStreamReader.END_ELEMENT -> end();
                    default -> {
                        // Comments and the like say nothing.
                    }
                }
            }
            return new ContainerPage(entries, next);
        }

        private void start(String element) {
            place.addLast(element);
            if (element.equals("Blob")) {
                name = "";
                encoded = false;
                folder = false;
            } else if (element.equals("Name")) {
                encoded |= "true".equals(reader.getAttributeValue(null, "Encoded"));
            }
        }

        private void text(String path, String text) {
            switch (path) {
                case "EnumerationResults/NextMarker" -> next = Optional.of(text).filter(marker -> !marker.isBlank());
                case "EnumerationResults/Blobs/Blob/Name" -> name = text;
                case "EnumerationResults/Blobs/Blob/Properties/ResourceType" -> folder |= text.equals("directory");
                default -> {
                    // Metadata keep the case that they were written in, and it means nothing.
                    folder |= path.equalsIgnoreCase("EnumerationResults/Blobs/Blob/Metadata/hdi_isfolder")
                            && text.equalsIgnoreCase("true");
                }
            }
        }

        private void end() {
            if (String.join("/", place).equals("EnumerationResults/Blobs/Blob")) {
                String plain = encoded ? URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8) : name;
                entries.add(new Entry(plain, folder || plain.endsWith("/")));
            }
            place.removeLast();
        }
    }
}
