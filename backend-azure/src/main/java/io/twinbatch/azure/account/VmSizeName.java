package io.twinbatch.azure.account;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Derives the number of cores and the processors from the name of a virtual machine's size, by the <a
 * href="https://learn.microsoft.com/azure/virtual-machines/vm-naming-conventions">naming convention</a>: letters for the
 * family, then the number of cores, as in {@code Standard_D2s_v5}. The oldest families are numbered in another way.
 */
final class VmSizeName {
    private static final Pattern NAME =
            Pattern.compile("(?:standard|basic)_([a-z]+)(\\d{1,4})(?:-\\d{1,4})?([a-z]*)((?:_[a-z0-9]+)*)");

    /** Cores by number in the families D and DS, whose first two versions go by steps and not by cores. */
    private static final Map<Integer, Integer> D_STEPS =
            Map.of(1, 1, 2, 2, 3, 4, 4, 8, 5, 16, 11, 2, 12, 4, 13, 8, 14, 16, 15, 20);

    /** Cores by number in the first version of family A. */
    private static final List<Integer> A_STEPS = List.of(1, 1, 2, 4, 8, 2, 4, 8, 8, 16, 8, 16);

    /** Cores by number in the families G and GS. */
    private static final Map<Integer, Integer> G_STEPS = Map.of(1, 2, 2, 4, 3, 8, 4, 16, 5, 32);

    private final String name;

    VmSizeName(String name) {
        this.name = name.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * The number of cores; empty when the name does not follow the convention. A size of which some cores are switched
     * off, such as {@code Standard_E8-2s_v5}, counts with all of them.
     */
    OptionalInt cores() {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            return OptionalInt.empty();
        }
        int number = Integer.parseInt(parts.group(2));
        int cores = switch (parts.group(1)) {
            case "a" -> isFirstVersion(parts) ? aStep(number) : number;
            case "d" -> isFirstVersion(parts) || isSecondVersion(parts) ? D_STEPS.getOrDefault(number, 0) : number;
            case "ds" -> D_STEPS.getOrDefault(number, 0);
            case "g", "gs" -> G_STEPS.getOrDefault(number, 0);
            default -> number;
        };
        return cores > 0 ? OptionalInt.of(cores) : OptionalInt.empty();
    }

    /** The processors, of which the letter {@code p} after the number says that they are ARM; empty for other names. */
    Optional<CpuArchitecture> architecture() {
        Matcher parts = NAME.matcher(name);
        return parts.matches()
                ? Optional.of(parts.group(3).contains("p") ? CpuArchitecture.ARM64 : CpuArchitecture.X64)
                : Optional.empty();
    }

    private static int aStep(int number) {
        return number < A_STEPS.size() ? A_STEPS.get(number) : 0;
    }

    private static boolean isFirstVersion(Matcher parts) {
        return !parts.group(4).contains("_v");
    }

    private static boolean isSecondVersion(Matcher parts) {
        return parts.group(4).contains("_v2");
    }
}
