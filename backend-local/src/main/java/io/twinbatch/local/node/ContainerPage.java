package io.twinbatch.local.node;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A page of the list of a container's objects, as Blob Storage writes it.
 *
 * @param names their names
 * @param next what asks for the next page; empty when this is the last
 */
record ContainerPage(List<String> names, Optional<String> next) {
    ContainerPage {
        names = List.copyOf(names);
    }

    static ContainerPage read(byte[] answer) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            return read(factory.createXMLStreamReader(new ByteArrayInputStream(answer)));
        } catch (XMLStreamException e) {
            throw new IOException("no list of objects", e);
        }
    }

    private static ContainerPage read(XMLStreamReader reader) throws XMLStreamException {
        List<String> names = new ArrayList<>();
        Optional<String> next = Optional.empty();
        while (reader.hasNext()) {
            if (reader.next() != XMLStreamReader.START_ELEMENT) {
                continue;
            }
            if (reader.getLocalName().equals("Name")) {
                names.add(reader.getElementText());
            } else if (reader.getLocalName().equals("NextMarker")) {
                next = Optional.of(reader.getElementText()).filter(marker -> !marker.isEmpty());
            }
        }
        return new ContainerPage(names, next);
    }
}
