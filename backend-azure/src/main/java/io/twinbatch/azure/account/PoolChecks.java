package io.twinbatch.azure.account;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.VmImage;
import io.twinbatch.api.preflight.Preflight.Finding;
import io.twinbatch.azure.PoolOptions.CustomImage;
import io.twinbatch.azure.account.AccountUsage.PoolUse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Whether the service can make a pool: its image, the size of its nodes, and the quotas. */
final class PoolChecks {
    /** <a href="https://learn.microsoft.com/azure/batch/batch-parallel-node-tasks">Limit of the service</a>. */
    private static final int SLOTS_PER_CORE = 4;

    private final AccountUsage use;
    private final Limits limits;
    private final List<PoolUse> pools;
    private final Optional<CustomImage> customImage;
    private final SupportEnd supportEnd;

    PoolChecks(AccountUsage use, Limits limits, List<PoolUse> pools, Optional<CustomImage> customImage, Clock clock) {
        this.use = use;
        this.limits = limits;
        this.pools = pools;
        this.customImage = customImage;
        this.supportEnd = new SupportEnd(clock);
    }

    List<Finding> check(PoolSpec pool) {
        List<Finding> findings = new ArrayList<>();
        findings.add(customImage.map(this::image).orElseGet(() -> image(pool)));
        findings.add(size(pool));
        slots(pool).ifPresent(findings::add);
        PoolUse wanted = new PoolUse(pool.id().value(), pool.vmSize(), pool.dedicatedNodes(), pool.spotNodes());
        limits.quota().ifPresent(quota -> {
            QuotaChecks checks = new QuotaChecks(quota, limits.sizes(), pools);
            findings.addAll(checks.cores(wanted));
            findings.add(checks.pools());
        });
        return findings;
    }

    private Finding image(PoolSpec pool) {
        OfferedImage offered;
        try {
            offered = use.image(pool.image(), !pool.containerImages().isEmpty());
        } catch (BatchException e) {
            return Findings.failed("image", e, "choose another one by --vm-image");
        }
        VmSize size = limits.sizes().describe(pool.vmSize());
        ImageKind kind = ImageKind.of(pool.image());
        List<VmImage> fitting = offered.alternatives().stream()
                .filter(other -> ImageKind.of(other).misfit(size).isEmpty())
                .sorted(Comparator.comparing(
                        other -> !ImageKind.of(other).generation().equals(kind.generation())))
                .toList();
        Optional<String> misfit = kind.misfit(size);
        if (misfit.isPresent()) {
            return Findings.failed(
                    "image", pool.image() + ": " + misfit.get(), instead(fitting) + ", or choose another --vm-size");
        }
        String name = pool.image().toString();
        return supportEnd
                .check("image", name, offered.endOfSupport(), instead(fitting))
                .orElseGet(() -> Findings.passed("image", name + " with " + offered.nodeAgent()));
    }

    /** Only the service that starts nodes with it knows an image of one's own. */
    private Finding image(CustomImage own) {
        Set<String> agents = use.nodeAgents();
        String with = own.id() + " with " + own.nodeAgent();
        return agents.contains(own.nodeAgent())
                ? Findings.passed("image", with)
                : Findings.failed(
                        "image",
                        with + ": the Batch service has no such node agent",
                        "set azure.node-agent to one of " + String.join(", ", agents));
    }

    private static String instead(List<VmImage> fitting) {
        return fitting.isEmpty() ? "choose another one by --vm-image" : "use --vm-image=" + fitting.get(0);
    }

    private Finding size(PoolSpec pool) {
        String name = pool.vmSize();
        VmSizes sizes = limits.sizes();
        OptionalInt cores = sizes.cores(name);
        int nodes = pool.nodes();
        String needed = cores.isPresent()
                ? name + ": " + nodes + " x " + cores.getAsInt() + " = " + nodes * cores.getAsInt() + " cores"
                : name + ": its name tells no number of cores";
        if (!sizes.isKnown()) {
            return Findings.unknown("VM size", needed + "; whether the region has it is not known", "");
        }
        Optional<VmSize> found = sizes.find(name);
        if (found.isPresent()) {
            return supportEnd
                    .check("VM size", name, found.get().endOfSupport(), "choose another --vm-size")
                    .orElseGet(() -> Findings.passed("VM size", needed));
        }
        List<String> similar = sizes.similar(name);
        return Findings.failed(
                "VM size",
                name + " is not offered to pools in "
                        + limits.quota().map(AccountQuota::location).orElse("this region"),
                "choose one by --vm-size" + (similar.isEmpty() ? "" : ", such as " + String.join(", ", similar)));
    }

    private Optional<Finding> slots(PoolSpec pool) {
        OptionalInt cores = limits.sizes().cores(pool.vmSize());
        if (cores.isEmpty()) {
            return Optional.empty();
        }
        int most = SLOTS_PER_CORE * cores.getAsInt();
        String sum = pool.slotsPerNode() + " on each node, at most " + most + " on " + cores.getAsInt() + " cores";
        return Optional.of(
                pool.slotsPerNode() <= most
                        ? Findings.passed("task slots", sum)
                        : Findings.failed("task slots", sum, "use --slots=" + most + ", or a larger --vm-size"));
    }
}
