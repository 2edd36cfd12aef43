package io.twinbatch.local.emulator.pool;

import static io.twinbatch.local.emulator.ServiceRig.pool;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.local.emulator.ServiceRig;
import io.twinbatch.local.record.SizeName;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What pools have used: nodes join now, and the service is asked later. */
class PoolUsageTest {
    private static final Duration LATER = Duration.ofHours(3);

    @TempDir
    private Path folder;

    private ServiceRig rig;

    private void open(Duration later) {
        rig = new ServiceRig(folder.resolve("state"), Clock.offset(Clock.systemUTC(), later));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private void awaitNodes(int dedicated, int spot) throws InterruptedException {
        JsonNode unused = rig.await(
                "/pools/p",
                pool -> pool.get("allocationState").textValue().equals("steady")
                        && pool.get("currentDedicatedNodes").intValue() == dedicated
                        && pool.get("currentLowPriorityNodes").intValue() == spot);
    }

    private JsonNode metrics(String query) {
        return rig.get("/poolusagemetrics" + query).get("value");
    }

    private Duration coreTime() {
        return Duration.parse(rig.get("/pools/p?$expand=stats")
                .at("/stats/usageStats/dedicatedCoreTime")
                .textValue());
    }

    @Test
    void theLastHalfHourIsMeteredInCoresOfAllNodes() throws Exception {
        open(LATER);
        rig.post(201, "/pools", pool("p", "'targetDedicatedNodes':2,'targetLowPriorityNodes':1"));
        rig.post(201, "/pools", pool("empty", ""));
        awaitNodes(2, 1);

        JsonNode value = metrics("");

        assertThat(value).hasSize(1);
        JsonNode metered = value.get(0);
        assertThat(metered.get("poolId").textValue()).isEqualTo("p");
        assertThat(metered.get("vmSize").textValue()).isEqualTo("standard_d2s_v5");
        assertThat(metered.get("totalCoreHours").doubleValue()).isEqualTo(3 * 0.5 * 2);
        Instant start = Instant.parse(metered.get("startTime").textValue());
        Instant end = Instant.parse(metered.get("endTime").textValue());
        assertThat(Duration.between(start, end)).isEqualTo(Duration.ofMinutes(30));
        assertThat(end)
                .isBetween(
                        Instant.now().plus(LATER).minus(Duration.ofMinutes(31)),
                        Instant.now().plus(LATER));
    }

    @Test
    void intervalsLieWithinTheTimesThatAreNamed() throws Exception {
        open(LATER);
        rig.withPool(1);
        awaitNodes(1, 0);
        Instant last = Instant.parse(metrics("").get(0).get("startTime").textValue());

        assertThat(metrics("?starttime=" + last.minus(1, ChronoUnit.HOURS))).hasSize(3);
        assertThat(metrics("?starttime=" + last.minus(1, ChronoUnit.HOURS) + "&endtime=" + last))
                .hasSize(2);
        assertThat(metrics("?starttime=" + last.minus(61, ChronoUnit.MINUTES) + "&endtime="
                        + last.plus(29, ChronoUnit.MINUTES)))
                .hasSize(2);
        assertThat(metrics("?endtime=" + last)).isEmpty();
        assertThat(metrics("?starttime=" + last + "&endtime=2999-01-01T00:00:00Z"))
                .as("an interval that has not ended")
                .hasSize(1);
        assertThat(metrics("?$filter=poolId%20eq%20'p'")).hasSize(1);
        assertThat(metrics("?$filter=poolId%20eq%20'other'")).isEmpty();
        JsonNode page = rig.get("/poolusagemetrics?maxresults=2&starttime=" + last.minus(1, ChronoUnit.HOURS));
        assertThat(page.get("value")).hasSize(2);
        assertThat(page.get("odata.nextLink").textValue()).contains("skiptoken", "starttime");
        rig.refused(400, "InvalidQueryParameterValue", "GET", "/poolusagemetrics?starttime=yesterday", "");
    }

    @Test
    void theTimeOfDedicatedCoresIsThatOfNodesThatAreThereAndThatHaveLeft() throws Exception {
        open(LATER);
        rig.post(201, "/pools", pool("p", "'targetDedicatedNodes':2,'targetLowPriorityNodes':1"));
        awaitNodes(2, 1);
        assertThat(coreTime()).isBetween(LATER.multipliedBy(4), LATER.multipliedBy(5));

        rig.post(202, "/pools/p/resize", "{'targetDedicatedNodes':0,'targetLowPriorityNodes':0}");
        awaitNodes(0, 0);

        Duration left = coreTime();
        assertThat(left).isBetween(Duration.ofNanos(1), Duration.ofMinutes(10));
        rig.close();
        open(LATER);
        assertThat(coreTime()).as("after the emulator was started again").isEqualTo(left);
    }

    @ParameterizedTest
    @CsvSource({
        "standard_d2s_v5, 2",
        "STANDARD_D4ds_v6, 4",
        "standard_e8-4s_v5, 4",
        "standard_hb120-16rs_v3, 16",
        "standard_hb120rs_v3, 120",
        "standard_nc24ads_a100_v4, 24",
        "standard_f16s_v2, 16",
        "standard_b1ls, 1",
        "standard_a1, 1",
        "standard_a4, 8",
        "standard_a4_v2, 4",
        "basic_a2, 2",
        "standard_d3_v2, 4",
        "standard_d3_v3, 3",
        "standard_ds14_v2, 16",
        "standard_ds2_v2_promo, 2",
        "standard_g5, 32",
        "standard_d99999999999s_v5, 1",
        "large, 1"
    })
    void theNameOfASizeTellsItsCores(String size, int cores) {
        open(Duration.ZERO);
        assertThat(new SizeName(size).cores()).isEqualTo(cores);
    }
}
