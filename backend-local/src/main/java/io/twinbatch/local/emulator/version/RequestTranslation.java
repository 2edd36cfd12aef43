package io.twinbatch.local.emulator.version;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.local.emulator.document.Bodies;
import io.twinbatch.local.emulator.document.BodyFaults;
import io.twinbatch.local.emulator.http.Request;
import io.twinbatch.local.emulator.http.ServiceFault;
import io.twinbatch.local.emulator.operation.Routes.Endpoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Turns requests of one version into those of the shape that everything behind knows. */
final class RequestTranslation {
    private static final String SELECT = "$select";

    private final VersionRules rules;
    private final Endpoint endpoint;

    RequestTranslation(VersionRules rules, Endpoint endpoint) {
        this.rules = rules;
        this.endpoint = endpoint;
    }

    /**
     * The same request in other words.
     *
     * @throws ServiceFault 400 when it names what its version does not know
     */
    Request translate(Request request) {
        Map<String, String> query = new HashMap<>(request.query());
        request.parameter(SELECT).ifPresent(text -> query.put(SELECT, selected(text)));
        return request.with(query, body(request.body()));
    }

    private String selected(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(name -> selected(text, name.strip()))
                .collect(Collectors.joining(","));
    }

    private String selected(String text, String name) {
        PropertyPath place = PropertyPath.of(name);
        if (!rules.knows(place) || movedTo(PropertyPath.ROOT, name)) {
            throw ServiceFault.invalidQuery(
                    SELECT, text, "There is no property '" + QuotedValue.of(name) + "' in this version.");
        }
        return move(PropertyPath.ROOT, name).map(move -> move.path().toString()).orElse(name);
    }

    private String body(String body) {
        boolean concerned = rules.restricts(endpoint) || rules.concerns(body);
        if (body.isBlank() || !concerned) {
            return body;
        }
        if (!(Bodies.parse(body) instanceof ObjectNode document)) {
            return body;
        }
        document.fieldNames().forEachRemaining(name -> {
            if (!rules.takes(endpoint, name)) {
                throw BodyFaults.unknown(name);
            }
        });
        rules.need(endpoint).filter(name -> !document.has(name)).ifPresent(name -> {
            throw BodyFaults.missing(name);
        });
        widen(document, PropertyPath.ROOT);
        return document.toString();
    }

    private void widen(JsonNode node, PropertyPath place) {
        if (node instanceof ObjectNode object) {
            for (String name : names(object)) {
                widenProperty(object, name, place);
            }
        } else {
            node.forEach(element -> widen(element, place));
        }
    }

    private void widenProperty(ObjectNode object, String name, PropertyPath place) {
        PropertyPath own = place.child(name);
        JsonNode value = object.get(name);
        if (!rules.knows(own) || movedTo(place, name)) {
            throw BodyFaults.unknown(own.toString());
        }
        if (!rules.takesValue(name, value.asText())) {
            throw BodyFaults.invalid(own.toString(), value, "This version does not have it.");
        }
        Optional<VersionTable.Move> move = move(place, name);
        if (move.isPresent()) {
            object.remove(name);
            put(object, move.get().path(), value);
        } else if (!VersionTable.FREE_FORM.contains(name)) {
            widen(value, own);
        }
    }

    private Optional<VersionTable.Move> move(PropertyPath place, String oldName) {
        return rules.moves().stream()
                .filter(move -> move.oldName().equals(oldName) && move.isIn(place))
                .findFirst();
    }

    /** Whether a name is the new one of something that this version names in another way. */
    private boolean movedTo(PropertyPath place, String name) {
        return rules.moves().stream().anyMatch(move -> move.path().equals(PropertyPath.of(name)) && move.isIn(place));
    }

    private static void put(ObjectNode object, PropertyPath path, JsonNode value) {
        ObjectNode target = object;
        for (String parent : path.names().subList(0, path.names().size() - 1)) {
            target = target.withObject("/" + parent);
        }
        target.set(path.name(), value);
    }

    private static List<String> names(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
