package io.twinbatch.local.emulator.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.twinbatch.api.error.QuotedValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A document, or a part of one, with the properties that it has to have and those that it may have. */
public final class ObjectSchema implements Schema {
    /** Properties that clients copy along and that mean nothing. */
    private static final String ANNOTATION = "odata.";

    private final Map<String, Schema> properties = new LinkedHashMap<>();
    private final Map<String, JsonNode> defaults = new LinkedHashMap<>();
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

    /** A flag that it may have. */
    public ObjectSchema mayHave(String name, Schema shape, boolean byDefault) {
        return mayHave(name, shape, BooleanNode.valueOf(byDefault));
    }

    /** A number that it may have. */
    public ObjectSchema mayHave(String name, Schema shape, int byDefault) {
        return mayHave(name, shape, IntNode.valueOf(byDefault));
    }

    /** A text that it may have. */
    public ObjectSchema mayHave(String name, Schema shape, String byDefault) {
        return mayHave(name, shape, TextNode.valueOf(byDefault));
    }

    /**
     * A property that it may have.
     *
     * @param byDefault the value that {@link #complete} gives to it
     */
    public ObjectSchema mayHave(String name, Schema shape, JsonNode byDefault) {
        defaults.put(name, byDefault);
        return mayHave(name, shape);
    }

    /** All properties of another shape. */
    public ObjectSchema like(ObjectSchema other) {
        properties.putAll(other.properties);
        defaults.putAll(other.defaults);
        needed.addAll(other.needed);
        exclusive.addAll(other.exclusive);
        return this;
    }

    /** Properties exactly one of which it has to have. */
    public ObjectSchema exactlyOneOf(String... names) {
        exclusive.add(Set.of(names));
        return this;
    }

    /**
     * The properties that an answer can have.
     *
     * @param shown those that the service adds, with blanks between them
     */
    public Set<String> namesAnd(String shown) {
        Set<String> names = new LinkedHashSet<>(properties.keySet());
        names.addAll(List.of(shown.split(" ", -1)));
        return Set.copyOf(names);
    }

    /** Adds the defaults of what is missing, in the objects of the document too. */
    public void complete(ObjectNode document) {
        defaults.forEach((name, value) -> {
            if (!document.has(name)) {
                document.set(name, value.deepCopy());
            }
        });
        properties.forEach((name, schema) -> {
            if (schema instanceof ObjectSchema object && document.get(name) instanceof ObjectNode part) {
                object.complete(part);
            }
        });
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
