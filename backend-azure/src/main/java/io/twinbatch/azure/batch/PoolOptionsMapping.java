package io.twinbatch.azure.batch;

import io.twinbatch.azure.PoolOptions;
import io.twinbatch.azure.PoolOptions.CustomImage;
import io.twinbatch.azure.PoolOptions.SystemDisk;
import io.twinbatch.azure.client.model.ImageModel.ImageReference;
import io.twinbatch.azure.client.model.PoolModel.EphemeralOSDiskSettings;
import io.twinbatch.azure.client.model.PoolModel.ManagedDisk;
import io.twinbatch.azure.client.model.PoolModel.NetworkConfiguration;
import io.twinbatch.azure.client.model.PoolModel.NodePlacementConfiguration;
import io.twinbatch.azure.client.model.PoolModel.OSDisk;
import io.twinbatch.azure.client.model.PoolModel.PublicIPAddressConfiguration;
import io.twinbatch.azure.client.model.PoolModel.VirtualMachineConfiguration;

/** The options of new pools, by the names of the service. */
final class PoolOptionsMapping {
    private static final String NO_PUBLIC_ADDRESSES = "noPublicIPAddresses";
    private static final String ON_THE_MACHINE = "cachedisk";

    private PoolOptionsMapping() {}

    static VirtualMachineConfiguration machine(CustomImage image) {
        ImageReference reference = new ImageReference(null, null, null, null, null, image.id());
        return new VirtualMachineConfiguration(reference, image.nodeAgent());
    }

    static VirtualMachineConfiguration with(PoolOptions options, VirtualMachineConfiguration machine) {
        return machine.with(
                options.placement().map(NodePlacementConfiguration::new).orElse(null),
                options.disk().map(PoolOptionsMapping::disk).orElse(null));
    }

    private static OSDisk disk(SystemDisk disk) {
        return new OSDisk(
                disk.ephemeral() ? new EphemeralOSDiskSettings(ON_THE_MACHINE) : null,
                disk.type().map(ManagedDisk::new).orElse(null),
                disk.gib().orElse(null));
    }

    /**
     * The network; null for that of the service. Nodes without public addresses need the <a
     * href="https://learn.microsoft.com/azure/batch/simplified-node-communication-pool-no-public-ip">simplified
     * communication</a>, which is the only one since 31 March 2026. Version 2025-06-01 has no property to ask for it.
     */
    static NetworkConfiguration network(PoolOptions options) {
        PublicIPAddressConfiguration addresses =
                options.publicAddresses() ? null : new PublicIPAddressConfiguration(NO_PUBLIC_ADDRESSES);
        return options.subnetId()
                .map(subnet -> new NetworkConfiguration(subnet, addresses))
                .orElse(null);
    }
}
