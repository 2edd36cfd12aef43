package io.twinbatch.local.emulator.version;

import java.util.ArrayList;
import java.util.List;

/**
 * The place of a property: its name behind as many names of its parents as make it the only one. Lists do not count.
 *
 * @param names the names from the outside to the inside
 */
record PropertyPath(List<String> names) {
    /** The place of a whole document. */
    static final PropertyPath ROOT = new PropertyPath(List.of());

    PropertyPath {
        names = List.copyOf(names);
    }

    static PropertyPath of(String text) {
        return new PropertyPath(List.of(text.split("[.]")));
    }

    String name() {
        return names.get(names.size() - 1);
    }

    PropertyPath child(String name) {
        List<String> longer = new ArrayList<>(names);
        longer.add(name);
        return new PropertyPath(longer);
    }

    /** Whether this is the place of properties of an object of that name. */
    boolean isOf(String parent) {
        return !names.isEmpty() && name().equals(parent);
    }

    boolean endsWith(PropertyPath end) {
        int from = names.size() - end.names.size();
        return from >= 0 && names.subList(from, names.size()).equals(end.names);
    }

    @Override
    public String toString() {
        return String.join(".", names);
    }
}
