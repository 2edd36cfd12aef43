package io.twinbatch.azure.account;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** The sizes of virtual machine that a region has, by name in any case of letters; or none, when they are unknown. */
final class VmSizes {
    private static final int EXAMPLES = 3;

    private final Map<String, VmSize> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    VmSizes(List<VmSize> sizes) {
        sizes.forEach(size -> byName.put(size.name(), size));
    }

    boolean isKnown() {
        return !byName.isEmpty();
    }

    Optional<VmSize> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** What is known of a size: from the service, else from its name. */
    VmSize describe(String name) {
        VmSizeName parts = new VmSizeName(name);
        return find(name)
                .map(size -> new VmSize(
                        size.name(),
                        size.family(),
                        size.cores(),
                        size.generations(),
                        size.architecture().or(parts::architecture),
                        size.endOfSupport()))
                .orElseGet(() -> new VmSize(
                        name, "", parts.cores().orElse(1), Set.of(), parts.architecture(), Optional.empty()));
    }

    /** The cores of a size: from the service, else from its name. */
    OptionalInt cores(String name) {
        return find(name).map(size -> OptionalInt.of(size.cores())).orElseGet(() -> new VmSizeName(name).cores());
    }

    /** Names that begin like one that does not exist, for a person who has mistyped it. */
    List<String> similar(String name) {
        for (int length = name.length() - 1; length > "standard_".length(); length--) {
            String start = name.substring(0, length);
            List<String> found = byName.keySet().stream()
                    .filter(other -> other.regionMatches(true, 0, start, 0, start.length()))
                    .limit(EXAMPLES)
                    .toList();
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }
}
