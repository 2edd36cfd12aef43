package io.twinbatch.azure.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.pool.IdlePolicy;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeaseFormulaTest {
    private static final Instant END = Instant.parse("2026-11-27T19:00:00Z");
    private static final LeaseFormula FORMULA = new LeaseFormula(4, 2, END);

    @Test
    void aFormulaComparesTheServicesClockWithTheEndOfTheLease() {
        assertThat(FORMULA.text()).isEqualTo("""
                        dedicated = 4;
                        spot = 2;
                        leaseEnd = time("2026-11-27T19:00:00Z");
                        held = time() < leaseEnd;
                        $TargetDedicatedNodes = held ? dedicated : 0;
                        $TargetLowPriorityNodes = held ? spot : 0;
                        $NodeDeallocationOption = requeue;
                        """);
        assertThat(FORMULA.policy()).isEqualTo(new IdlePolicy.Lease(END));
    }

    @Test
    void aFormulaIsReadBackHoweverItIsSpaced() {
        assertThat(LeaseFormula.read(FORMULA.text())).contains(FORMULA);
        assertThat(LeaseFormula.read(FORMULA.text().replace("\n", "\r\n"))).contains(FORMULA);
        assertThat(LeaseFormula.read(FORMULA.text().replace("\n", "").replace(" = ", "=")))
                .contains(FORMULA);
    }

    @Test
    void somebodyElsesFormulaIsNotTakenForOne() {
        assertThat(LeaseFormula.read("$TargetDedicatedNodes = 3;")).isEmpty();
        assertThat(LeaseFormula.read(FORMULA.text().replace("19:00:00Z", "tonight")))
                .isEmpty();
        assertThat(LeaseFormula.read(FORMULA.text().replace("held ? spot : 0", "spot")))
                .isEmpty();
        assertThat(LeaseFormula.read(FORMULA.text() + "$TargetDedicatedNodes = 100;"))
                .isEmpty();
    }
}
