package io.twinbatch.api.workflow.model;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Makes names unique, case aside. The first of several equal names stays as it is; the others get numbers from 2, and
 * never a name that another one has by nature.
 */
final class UniqueNames {
    private final Set<String> natural = new HashSet<>();
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> lastNumbers = new HashMap<>();

    /**
     * Prepares for a set of names.
     *
     * @param names all names that are going to be taken
     * @param reserved names that nobody gets
     */
    UniqueNames(List<FileName> names, Collection<String> reserved) {
        for (FileName name : names) {
            natural.add(FileName.key(name.numbered(1)));
        }
        for (String name : reserved) {
            taken.add(FileName.key(name));
        }
    }

    /** Takes a name as it is; returns false when it is taken. */
    boolean takeAsItIs(String name) {
        return taken.add(FileName.key(name));
    }

    /** The name, with a number when it needs one. */
    String take(FileName name) {
        return take(name, candidate -> false);
    }

    /**
     * The name, with a number when it needs one.
     *
     * @param avoid names that are not taken
     */
    String take(FileName name, Predicate<String> avoid) {
        String wanted = name.numbered(1);
        String key = FileName.key(wanted);
        if (!avoid.test(wanted) && taken.add(key)) {
            return wanted;
        }
        // Counting on from the last number keeps ten thousand equal names from being tried again and again.
        for (int number = lastNumbers.getOrDefault(key, 1) + 1; ; number++) {
            String candidate = name.numbered(number);
            String candidateKey = FileName.key(candidate);
            if (!natural.contains(candidateKey) && !avoid.test(candidate) && taken.add(candidateKey)) {
                lastNumbers.put(key, number);
                return candidate;
            }
        }
    }
}
