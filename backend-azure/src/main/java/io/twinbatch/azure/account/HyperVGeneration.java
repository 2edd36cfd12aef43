package io.twinbatch.azure.account;

import java.util.Locale;

/**
 * How the hypervisor starts a machine. The image and the size of a node must share a <a
 * href="https://learn.microsoft.com/azure/virtual-machines/generation-2">generation</a>.
 */
enum HyperVGeneration {
    /** BIOS. */
    V1,
    /** UEFI. */
    V2;

    /** Whether a list of the service, such as {@code V1,V2}, has it. */
    boolean isIn(String list) {
        return list.toUpperCase(Locale.ROOT).contains(name());
    }

    @Override
    public String toString() {
        return "generation " + name().substring(1);
    }
}
