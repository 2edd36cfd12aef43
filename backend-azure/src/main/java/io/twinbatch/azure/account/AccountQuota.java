package io.twinbatch.azure.account;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What a Batch account may have. A number that the service does not give is empty: the cores of an account whose pools
 * live in the user's own subscription are counted there.
 *
 * @param location the region of the account
 * @param dedicatedCores how many cores dedicated nodes may have, all together
 * @param familyCores the same by family of virtual machines, in any case of letters
 * @param familyEnforced whether the numbers by family count at all
 * @param spotCores how many cores spot nodes may have, all together
 * @param pools how many pools there may be
 * @param jobs how many jobs may be active
 */
public record AccountQuota(
        String location,
        OptionalInt dedicatedCores,
        Map<String, Integer> familyCores,
        boolean familyEnforced,
        OptionalInt spotCores,
        OptionalInt pools,
        OptionalInt jobs) {
    public AccountQuota {
        Objects.requireNonNull(location, "location");
        TreeMap<String, Integer> byFamily = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byFamily.putAll(familyCores);
        familyCores = Collections.unmodifiableMap(byFamily);
        Objects.requireNonNull(dedicatedCores, "dedicatedCores");
        Objects.requireNonNull(spotCores, "spotCores");
        Objects.requireNonNull(pools, "pools");
        Objects.requireNonNull(jobs, "jobs");
    }
}
