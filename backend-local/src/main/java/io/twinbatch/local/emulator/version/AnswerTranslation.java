package io.twinbatch.local.emulator.version;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.local.emulator.http.Reply;
import io.twinbatch.local.emulator.http.ServiceFault;
import java.util.List;

/** Turns answers into those of one version: without what it does not know, and under the names that it has for the rest. */
final class AnswerTranslation {
    private static final String NEXT_PAGE = "odata.nextLink";
    private static final String PROPERTY_NAME = "PropertyName";

    private final VersionRules rules;

    AnswerTranslation(VersionRules rules) {
        this.rules = rules;
    }

    /** The same answer; its document is changed. */
    Reply translate(Reply reply) {
        if (reply.body() instanceof Reply.Json json) {
            narrow(json.content(), PropertyPath.ROOT);
        }
        return reply;
    }

    /** The same refusal, about the name that the client has used. */
    ServiceFault translate(ServiceFault fault) {
        String name = fault.values().get(PROPERTY_NAME);
        String own = name == null ? null : oldName(name);
        return own == null || own.equals(name) ? fault : fault.withValue(PROPERTY_NAME, own);
    }

    private void narrow(JsonNode node, PropertyPath place) {
        if (!(node instanceof ObjectNode object)) {
            node.forEach(element -> narrow(element, place));
            return;
        }
        rules.moves().stream().filter(move -> move.isIn(place)).forEach(move -> move(object, move));
        rules.unwrapped().forEach(name -> unwrap(object, name));
        object.properties().removeIf(property -> !rules.knows(place, property.getKey()));
        if (object.has(NEXT_PAGE)) {
            object.put(NEXT_PAGE, oldName(object.get(NEXT_PAGE).textValue()));
        }
        object.properties().stream()
                .filter(property ->
                        property.getValue().isContainerNode() && !VersionTable.FREE_FORM.contains(property.getKey()))
                .forEach(property -> narrow(property.getValue(), place.child(property.getKey())));
    }

    private static void move(ObjectNode object, VersionTable.Move move) {
        List<String> names = move.path().names();
        JsonNode parent = object;
        for (String name : names.subList(0, names.size() - 1)) {
            parent = parent.path(name);
        }
        if (parent instanceof ObjectNode holder && holder.has(move.path().name())) {
            object.set(move.oldName(), holder.remove(move.path().name()));
        }
    }

    private static void unwrap(ObjectNode object, String name) {
        if (object.get(name) instanceof ObjectNode inner) {
            object.remove(name);
            object.setAll(inner);
        }
    }

    private String oldName(String text) {
        String old = text;
        for (VersionTable.Move move : rules.moves()) {
            old = old.replace(move.path().toString(), move.oldName());
        }
        return old;
    }
}
