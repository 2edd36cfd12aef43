package io.twinbatch.azure.account;

import java.util.Objects;

/**
 * A size of virtual machine.
 *
 * @param name its name, such as {@code Standard_D2s_v5}
 * @param family the family that it belongs to, such as {@code standardDSv5Family}; quotas are given by family
 * @param cores how many cores it has, 1 or more
 */
public record VmSize(String name, String family, int cores) {
    public VmSize {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(family, "family");
    }
}
