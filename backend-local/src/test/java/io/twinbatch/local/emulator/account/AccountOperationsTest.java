package io.twinbatch.local.emulator.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.local.emulator.ServiceRig;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountOperationsTest {
    @TempDir
    private Path folder;

    @Test
    void imagesAreListedWithTheirAgents() {
        try (ServiceRig rig = new ServiceRig(folder)) {
            JsonNode images = rig.get("/supportedimages?$filter=nodeAgentSKUId eq 'batch.node.ubuntu 24.04'")
                    .get("value");
            assertThat(images).isNotEmpty();
            JsonNode image = images.get(0);
            assertThat(image.get("imageReference").get("offer").textValue()).isEqualTo("ubuntu-24_04-lts");
            assertThat(image.get("osType").textValue()).isEqualTo("linux");
            assertThat(image.get("verificationType").textValue()).isEqualTo("verified");
            assertThat(rig.get("/supportedimages?$filter=osType eq 'windows'").get("value"))
                    .isEmpty();
            assertThat(rig.get("/applications").get("value")).isEmpty();
            rig.refused(404, "ApplicationNotFound", "GET", "/applications/a", "");
            assertThat(rig.get("/poolusagemetrics").get("value")).isEmpty();
        }
    }

    @Test
    void nodesOfAllPoolsAreCountedPageByPage() {
        try (ServiceRig rig = new ServiceRig(folder)) {
            for (String id : new String[] {"b", "A", "c"}) {
                rig.post(201, "/pools", ServiceRig.pool(id, ""));
            }
            JsonNode first = rig.get("/nodecounts?maxresults=2");
            assertThat(first.get("value").get(0).get("poolId").textValue()).isEqualTo("A");
            assertThat(first.get("value").get(0).get("lowPriority").get("total").intValue())
                    .isZero();
            String next = first.get("odata.nextLink").textValue().substring(ServiceRig.BASE.length());
            assertThat(rig.get(next).get("value")).hasSize(1);
            assertThat(rig.get("/nodecounts?$filter=poolId eq 'b'").get("value"))
                    .hasSize(1);
        }
    }
}
