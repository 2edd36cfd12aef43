package io.twinbatch.azure.account;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.pool.VmImage;
import io.twinbatch.azure.ManagedIdentity;
import io.twinbatch.azure.batch.BatchErrors;
import io.twinbatch.azure.batch.ImageChoice;
import io.twinbatch.azure.batch.ObjectAccess;
import io.twinbatch.azure.batch.TaskUpload;
import io.twinbatch.azure.client.BatchRestClient;
import io.twinbatch.azure.client.ListOptions;
import io.twinbatch.azure.client.model.ImageModel.SupportedImage;
import io.twinbatch.azure.client.model.PoolModel.BatchPool;
import io.twinbatch.azure.client.model.PoolModel.PoolIdentity;
import io.twinbatch.azure.client.model.PoolModel.VirtualMachineConfiguration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Asks the Batch service itself. */
final class BatchAccountUsage implements AccountUsage {
    private static final String POOL_PROPERTIES =
            "id,vmSize,targetDedicatedNodes,targetLowPriorityNodes,currentDedicatedNodes,currentLowPriorityNodes,"
                    + "virtualMachineConfiguration,identity";
    private static final String WINDOWS_AGENT = "batch.node.windows";

    private final BatchRestClient client;
    private final ObjectAccess access;

    /**
     * Asks a service.
     *
     * @param access how nodes reach objects
     */
    BatchAccountUsage(BatchRestClient client, ObjectAccess access) {
        this.client = client;
        this.access = access;
    }

    @Override
    public List<PoolUse> pools() {
        return call(
                "pools",
                () -> client.pools()
                        .list(ListOptions.ALL.withSelect(POOL_PROPERTIES))
                        .map(BatchAccountUsage::use)
                        .toList());
    }

    @Override
    public int activeJobs() {
        ListOptions active = ListOptions.filter("state eq 'active'").withSelect("id");
        return (int) call("jobs", () -> client.jobs().list(active).count()).longValue();
    }

    @Override
    public OfferedImage image(VmImage image, boolean containers) {
        return call("images", () -> {
            List<SupportedImage> supported = client.account().images();
            SupportedImage found = ImageChoice.select(image, containers, supported);
            return new OfferedImage(
                    found.nodeAgentSKUId(),
                    Optional.ofNullable(found.batchSupportEndOfLife()),
                    ImageChoice.alternatives(image, containers, supported));
        });
    }

    @Override
    public Set<String> nodeAgents() {
        return call(
                "images",
                () -> client.account().images().stream()
                        .map(SupportedImage::nodeAgentSKUId)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Override
    public long requestBytes(TaskSpec task) {
        return TaskUpload.requestBytes(client, access, task);
    }

    private static PoolUse use(BatchPool pool) {
        return new PoolUse(
                pool.id(),
                Objects.requireNonNullElse(pool.vmSize(), ""),
                larger(pool.targetDedicatedNodes(), pool.currentDedicatedNodes()),
                larger(pool.targetLowPriorityNodes(), pool.currentLowPriorityNodes()),
                Optional.ofNullable(pool.virtualMachineConfiguration())
                        .map(VirtualMachineConfiguration::nodeAgentSKUId)
                        .filter(agent -> agent.startsWith(WINDOWS_AGENT))
                        .isPresent(),
                identities(pool));
    }

    private static Set<ManagedIdentity> identities(BatchPool pool) {
        return Optional.ofNullable(pool.identity()).map(PoolIdentity::userAssignedIdentities).orElse(List.of()).stream()
                .flatMap(found -> ManagedIdentity.of(found.resourceId()).stream())
                .collect(Collectors.toSet());
    }

    private static int larger(Integer target, Integer current) {
        return Math.max(Objects.requireNonNullElse(target, 0), Objects.requireNonNullElse(current, 0));
    }

    private static <T> T call(String resource, Supplier<T> action) {
        try {
            return action.get();
        } catch (BatchException e) {
            throw e;
        } catch (RuntimeException e) {
            throw BatchErrors.translate(resource, e);
        }
    }
}
