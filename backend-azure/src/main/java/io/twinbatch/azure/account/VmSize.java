package io.twinbatch.azure.account;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A size of virtual machine.
 *
 * @param name its name, such as {@code Standard_D2s_v5}
 * @param family the family that it belongs to, such as {@code standardDSv5Family}; quotas are given by family
 * @param cores how many cores it has, 1 or more
 * @param generations the generations of images that it starts; empty when they are not known
 * @param architecture its processors; empty when they are not known
 * @param endOfSupport when the Batch service retires it; empty when that is not planned
 */
public record VmSize(
        String name,
        String family,
        int cores,
        Set<HyperVGeneration> generations,
        Optional<CpuArchitecture> architecture,
        Optional<Instant> endOfSupport) {
    public VmSize {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(family, "family");
        generations = Set.copyOf(generations);
        Objects.requireNonNull(architecture, "architecture");
        Objects.requireNonNull(endOfSupport, "endOfSupport");
    }

    /** A size of which no more is known. */
    VmSize(String name, String family, int cores) {
        this(name, family, cores, Set.of(), Optional.empty(), Optional.empty());
    }
}
