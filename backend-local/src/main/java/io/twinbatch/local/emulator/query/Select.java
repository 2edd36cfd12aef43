package io.twinbatch.local.emulator.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.local.emulator.http.Request;
import io.twinbatch.local.emulator.http.ServiceFault;
import java.util.LinkedHashSet;
import java.util.Set;

/** The service's {@code $select}: which properties an answer has; those and no others. */
public final class Select {
    private static final String PARAMETER = "$select";

    private final Set<String> names;

    /** With no names, all of them. */
    private Select(Set<String> names) {
        this.names = names;
    }

    /**
     * What a request asks for; everything when it has no {@code $select}, or an empty one.
     *
     * @param properties the properties of what is listed, the top level alone
     * @throws ServiceFault 400 when another property is named
     */
    public static Select of(Request request, Set<String> properties) {
        return request.parameter(PARAMETER)
                .filter(text -> !text.isBlank())
                .map(text -> parse(text, properties))
                .orElseGet(() -> new Select(Set.of()));
    }

    /**
     * Understands a list of names, with commas between them and blanks where one likes.
     *
     * @param properties the properties that may be named
     * @throws ServiceFault 400 when another one is named
     */
    public static Select parse(String text, Set<String> properties) {
        Set<String> names = new LinkedHashSet<>();
        for (String part : text.split(",", -1)) {
            String name = part.strip();
            if (!properties.contains(name)) {
                throw ServiceFault.invalidQuery(
                        PARAMETER, text, "There is no property '" + QuotedValue.of(name) + "' here.");
            }
            names.add(name);
        }
        return new Select(names);
    }

    /** Whether a property is in the answer by name, so that it need not be expanded. */
    public boolean names(String property) {
        return names.contains(property);
    }

    /** The asked-for part of an item, which stays as it is. */
    public ObjectNode of(ObjectNode item) {
        if (names.isEmpty()) {
            return item;
        }
        ObjectNode part = item.objectNode();
        for (String name : names) {
            JsonNode value = item.get(name);
            if (value != null) {
                part.set(name, value);
            }
        }
        return part;
    }
}
