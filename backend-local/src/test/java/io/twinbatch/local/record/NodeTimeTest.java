package io.twinbatch.local.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeTimeTest {
    private static final Instant TEN = Instant.parse("2026-01-01T10:00:00Z");

    private static Instant at(int minutes) {
        return TEN.plus(Duration.ofMinutes(minutes));
    }

    private static NodeRecord node(boolean dedicated, Instant joined) {
        return NodeRecord.joined(new PoolId("p"), new NodeId("n"), dedicated, 0, joined);
    }

    @Test
    void theTimeOfANodeIsSpreadOverHalfHours() {
        assertThat(NodeTime.NONE.with(node(true, at(10)), at(80)))
                .isEqualTo(new NodeTime(
                        Duration.ofMinutes(70),
                        Map.of(
                                at(0), Duration.ofMinutes(20),
                                at(30), Duration.ofMinutes(30),
                                at(60), Duration.ofMinutes(20))));
    }

    @Test
    void intervalsHaveAllNodesAndTheSumThoseThatAreDedicated() {
        NodeTime time = NodeTime.NONE
                .with(node(true, at(0)), at(30))
                .with(node(false, at(10)), at(30))
                .with(node(true, at(40)), at(30));

        assertThat(time).isEqualTo(new NodeTime(Duration.ofMinutes(30), Map.of(at(0), Duration.ofMinutes(50))));
    }

    @Test
    void whatIsLongAgoIsInTheSumAlone() {
        Instant end = TEN.plus(Duration.ofDays(30));
        NodeTime time = NodeTime.NONE.with(node(true, at(0)), at(30)).with(node(true, at(0)), end);

        assertThat(time.dedicated()).isEqualTo(Duration.ofDays(30).plusMinutes(30));
        assertThat(time.intervals()).hasSize(7 * 48).containsKey(end.minus(Duration.ofDays(7)));
    }
}
