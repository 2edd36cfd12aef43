package io.twinbatch.azure.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.pool.IdlePolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class IdleFormulaTest {
    private static final IdleFormula FORMULA = new IdleFormula(4, 2, 3, Duration.ofMinutes(10));

    @Test
    void aFormulaSaysWhatWasAskedForInTheServicesLanguage() {
        assertThat(FORMULA.text()).isEqualTo("""
                        dedicated = 4;
                        spot = 2;
                        slots = 3;
                        idleTime = 600 * TimeInterval_Second;
                        known = $PendingTasks.GetSamplePercent(idleTime);
                        tasks = known < 70 ? (dedicated + spot) * slots : max($PendingTasks.GetSample(idleTime));
                        nodes = (tasks + slots - 1) / slots;
                        $TargetDedicatedNodes = min(dedicated, nodes);
                        $TargetLowPriorityNodes = max(0, min(spot, nodes - dedicated));
                        $NodeDeallocationOption = taskcompletion;
                        """);
        assertThat(FORMULA.text().length()).isLessThan(8192);
    }

    @Test
    void aFormulaIsReadBackHoweverItIsSpaced() {
        assertThat(IdleFormula.read(FORMULA.text())).contains(FORMULA);
        assertThat(IdleFormula.read(FORMULA.text().replace("\n", "\r\n"))).contains(FORMULA);
        assertThat(IdleFormula.read(FORMULA.text().replace("\n", " ").strip())).contains(FORMULA);
        assertThat(FORMULA.policy()).isEqualTo(new IdlePolicy.Release(Duration.ofMinutes(10)));
    }

    @Test
    void somebodyElsesFormulaIsNotTakenForOne() {
        assertThat(IdleFormula.read("$TargetDedicatedNodes = 3;")).isEmpty();
        assertThat(IdleFormula.read("")).isEmpty();
        assertThat(IdleFormula.read(FORMULA.text().replace("min(dedicated", "max(dedicated")))
                .isEmpty();
        assertThat(IdleFormula.read(FORMULA.text() + "$TargetDedicatedNodes = 100;"))
                .isEmpty();
    }
}
