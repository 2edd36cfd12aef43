package io.twinbatch.azure.batch;

import io.twinbatch.api.Identifiers;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.pool.IdlePolicy;
import io.twinbatch.api.pool.Pool;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.PoolState;
import io.twinbatch.api.pool.ResizeError;
import io.twinbatch.api.pool.StartTask;
import io.twinbatch.api.pool.VmImage;
import io.twinbatch.api.task.ContainerImage;
import io.twinbatch.azure.AzureConfig.Registry;
import io.twinbatch.azure.PoolOptions;
import io.twinbatch.azure.client.model.ImageModel.ImageReference;
import io.twinbatch.azure.client.model.PoolModel.BatchPool;
import io.twinbatch.azure.client.model.PoolModel.BatchResizeError;
import io.twinbatch.azure.client.model.PoolModel.BatchStartTask;
import io.twinbatch.azure.client.model.PoolModel.ContainerConfiguration;
import io.twinbatch.azure.client.model.PoolModel.ContainerRegistry;
import io.twinbatch.azure.client.model.PoolModel.PoolAdd;
import io.twinbatch.azure.client.model.PoolModel.VirtualMachineConfiguration;
import io.twinbatch.azure.client.model.UserModel.IdentityReference;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Pools in both directions. The service keeps all of a specification, so that nothing is hidden in its metadata. */
final class PoolMapping {
    private static final String DELETING = "deleting";
    private static final String STEADY = "steady";

    private PoolMapping() {}

    static PoolAdd request(PoolSpec spec, VirtualMachineConfiguration machine, PoolOptions options) {
        Optional<PoolFormula> formula = PoolFormula.of(spec);
        boolean fixed = formula.isEmpty();
        return new PoolAdd(
                spec.id().value(),
                null,
                spec.vmSize(),
                machine,
                null,
                fixed ? spec.dedicatedNodes() : null,
                fixed ? spec.spotNodes() : null,
                fixed ? null : Boolean.TRUE,
                formula.map(PoolFormula::text).orElse(null),
                fixed ? null : IdlePolicy.EVALUATION_INTERVAL,
                null,
                spec.startTask().map(PoolMapping::startTask).orElse(null),
                spec.slotsPerNode(),
                null,
                CommonMapping.pairs(spec.metadata()),
                PoolOptionsMapping.network(options),
                options.tags().isEmpty() ? null : options.tags());
    }

    private static BatchStartTask startTask(StartTask task) {
        return new BatchStartTask(
                task.commandLine(),
                ContainerMapping.request(task.container()),
                ObjectAccess.SIGNED.resourceFiles(task.resourceFiles()),
                CommonMapping.pairs(task.environment()),
                CommonMapping.identity(task.elevated()),
                task.maxRetries(),
                true);
    }

    /** The pool; empty for one whose id the neutral API does not allow. */
    static Optional<Pool> read(BatchPool pool) {
        if (!isLegal(pool.id())) {
            return Optional.empty();
        }
        PoolState state = state(pool);
        // While a pool is being resized, its errors are those of the resize before.
        List<ResizeError> errors = state == PoolState.STEADY
                ? CommonMapping.orEmpty(pool.resizeErrors()).stream()
                        .map(PoolMapping::resizeError)
                        .toList()
                : List.of();
        return Optional.of(new Pool(
                spec(pool),
                state,
                CommonMapping.number(pool.currentDedicatedNodes(), 0),
                CommonMapping.number(pool.currentLowPriorityNodes(), 0),
                CommonMapping.time(pool.creationTime(), pool.lastModified()),
                errors));
    }

    private static boolean isLegal(String id) {
        try {
            return id != null && !Identifiers.requireLegal("pool", id).isEmpty();
        } catch (BatchException e) {
            return false;
        }
    }

    private static PoolState state(BatchPool pool) {
        if (DELETING.equalsIgnoreCase(pool.state())) {
            return PoolState.DELETING;
        }
        return STEADY.equalsIgnoreCase(pool.allocationState()) ? PoolState.STEADY : PoolState.RESIZING;
    }

    private static PoolSpec spec(BatchPool pool) {
        Optional<PoolFormula> formula = PoolFormula.read(pool);
        return new PoolSpec(
                new PoolId(pool.id()),
                Objects.requireNonNullElse(pool.vmSize(), ""),
                image(pool.virtualMachineConfiguration()),
                formula.map(PoolFormula::dedicatedNodes).orElse(CommonMapping.number(pool.targetDedicatedNodes(), 0)),
                formula.map(PoolFormula::spotNodes).orElse(CommonMapping.number(pool.targetLowPriorityNodes(), 0)),
                CommonMapping.number(pool.taskSlotsPerNode(), 1),
                Optional.ofNullable(pool.startTask()).map(PoolMapping::readStartTask),
                idlePolicy(pool, formula),
                CommonMapping.map(pool.metadata()),
                containerImages(pool.virtualMachineConfiguration()));
    }

    /** A pool with a formula, of any author, fills and empties itself. */
    private static IdlePolicy idlePolicy(BatchPool pool, Optional<PoolFormula> formula) {
        if (!PoolFormula.isOn(pool)) {
            return new IdlePolicy.Keep();
        }
        return formula.map(PoolFormula::policy).orElseGet(() -> new IdlePolicy.Release(IdlePolicy.EVALUATION_INTERVAL));
    }

    private static VmImage image(VirtualMachineConfiguration machine) {
        ImageReference image = machine == null ? null : machine.imageReference();
        if (image == null) {
            return new VmImage("", "", "");
        }
        if (image.virtualMachineImageId() != null) {
            return new VmImage("", image.virtualMachineImageId(), "");
        }
        return new VmImage(
                Objects.requireNonNullElse(image.publisher(), ""),
                Objects.requireNonNullElse(image.offer(), ""),
                Objects.requireNonNullElse(image.sku(), ""));
    }

    /** What the pool has beforehand, but for names that the neutral API does not allow. */
    private static List<ContainerImage> containerImages(VirtualMachineConfiguration machine) {
        if (machine == null || machine.containerConfiguration() == null) {
            return List.of();
        }
        return CommonMapping.orEmpty(machine.containerConfiguration().containerImageNames()).stream()
                .flatMap(name -> containerImage(name).stream())
                .toList();
    }

    private static Optional<ContainerImage> containerImage(String name) {
        try {
            return Optional.of(new ContainerImage(name));
        } catch (BatchException e) {
            return Optional.empty();
        }
    }

    /** Containers of the images of a pool, from registries that are signed in to. */
    static ContainerConfiguration containers(List<ContainerImage> images, Optional<Registry> registry) {
        return new ContainerConfiguration(
                ContainerConfiguration.DOCKER,
                images.stream().map(ContainerImage::name).toList(),
                registry.map(PoolMapping::registry).map(List::of).orElse(null));
    }

    private static ContainerRegistry registry(Registry registry) {
        return new ContainerRegistry(
                registry.login().map(Registry.Login::user).orElse(null),
                registry.login().map(login -> login.password().value()).orElse(null),
                registry.server(),
                registry.identity()
                        .map(identity -> new IdentityReference(identity.resourceId()))
                        .orElse(null));
    }

    private static StartTask readStartTask(BatchStartTask task) {
        return new StartTask(
                Objects.requireNonNullElse(task.commandLine(), ""),
                CommonMapping.readResourceFiles(task.resourceFiles()),
                CommonMapping.map(task.environmentSettings()),
                CommonMapping.isElevated(task.userIdentity()),
                retries(task.maxTaskRetryCount()),
                ContainerMapping.read(task.containerSettings()));
    }

    /** The service writes -1 for a number without bound. */
    private static int retries(Integer count) {
        int known = CommonMapping.number(count, 0);
        return known < 0 ? Integer.MAX_VALUE : known;
    }

    private static ResizeError resizeError(BatchResizeError error) {
        Map<String, String> values = CommonMapping.map(error.values());
        String details = values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(", ", " (", ")"));
        String code = Objects.requireNonNullElse(error.code(), "");
        return new ResizeError(
                code,
                Objects.requireNonNullElse(error.message(), "") + (values.isEmpty() ? "" : details),
                ResizeRemedies.of(code));
    }

    /**
     * Whether a pool that was found is the one that was asked for, as far as it can be seen after a lost answer.
     */
    static boolean isSame(PoolSpec wanted, Pool found) {
        PoolSpec is = found.spec();
        return found.state() != PoolState.DELETING
                && wanted.vmSize().equalsIgnoreCase(is.vmSize())
                && wanted.metadata().equals(is.metadata())
                && wanted.image().toString().equalsIgnoreCase(is.image().toString())
                && wanted.slotsPerNode() == is.slotsPerNode()
                && wanted.dedicatedNodes() == is.dedicatedNodes()
                && wanted.spotNodes() == is.spotNodes()
                && wanted.idlePolicy().equals(is.idlePolicy())
                && wanted.containerImages().equals(is.containerImages())
                && wanted.startTask()
                        .map(StartTask::commandLine)
                        .equals(is.startTask().map(StartTask::commandLine));
    }
}
