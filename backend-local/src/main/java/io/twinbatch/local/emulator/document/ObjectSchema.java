package io.twinbatch.local.emulator.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.api.error.QuotedValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A document, or a part of one, with the properties that it has to have and those that it may have. */
public final class ObjectSchema implements Schema {
    /** Properties that clients copy along and that mean nothing. */
    private static final String ANNOTATION = "odata.";

    private final Map<String, Schema> properties = new LinkedHashMap<>();
    private final List<String> needed = new ArrayList<>();
    private final List<Set<String>> exclusive = new ArrayList<>();

    /** A property that it has to have. */
    public ObjectSchema needs(String name, Schema shape) {
        needed.add(name);
        return mayHave(name, shape);
    }

    /** A property that it may have. */
    public ObjectSchema mayHave(String name, Schema shape) {
        properties.put(name, shape);
        return this;
    }

    /** All properties of another shape. */
    public ObjectSchema like(ObjectSchema other) {
        properties.putAll(other.properties);
        needed.addAll(other.needed);
        exclusive.addAll(other.exclusive);
        return this;
    }

    /** Properties exactly one of which it has to have. */
    public ObjectSchema exactlyOneOf(String... names) {
        exclusive.add(Set.of(names));
        return this;
    }

    @Override
    public ObjectNode check(String name, JsonNode value) {
        if (!value.isObject()) {
            throw BodyFaults.illTyped(name.isEmpty() ? "body" : name, "an object");
        }
        ObjectNode checked = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> property : value.properties()) {
            checkProperty(name, property.getKey(), property.getValue(), checked);
        }
        for (String required : needed) {
            if (!checked.has(required)) {
                throw BodyFaults.missing(path(name, required));
            }
        }
        for (Set<String> names : exclusive) {
            checkExclusive(name, names, checked);
        }
        return checked;
    }

    private void checkProperty(String name, String property, JsonNode value, ObjectNode checked) {
        Schema shape = properties.get(property);
        if (shape == null) {
            if (property.startsWith(ANNOTATION)) {
                return;
            }
            throw BodyFaults.unknown(path(name, QuotedValue.of(property)));
        }
        if (!value.isNull()) {
            checked.set(property, shape.check(path(name, property), value));
        }
    }

    private static void checkExclusive(String name, Set<String> names, ObjectNode checked) {
        List<String> present = names.stream().filter(checked::has).sorted().toList();
        String all = String.join(", ", names.stream().sorted().toList());
        if (present.isEmpty()) {
            throw BodyFaults.missing(path(name, all));
        }
        if (present.size() > 1) {
            throw BodyFaults.invalid(
                    path(name, present.get(1)), checked.get(present.get(1)), "Exactly one of " + all + " is given.");
        }
    }

    private static String path(String name, String property) {
        return name.isEmpty() ? property : name + "." + property;
    }
}
