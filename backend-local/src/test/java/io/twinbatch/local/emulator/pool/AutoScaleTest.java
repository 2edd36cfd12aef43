package io.twinbatch.local.emulator.pool;

import static io.twinbatch.local.emulator.ServiceRig.pool;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.local.emulator.ServiceRig;
import io.twinbatch.local.emulator.ServiceTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AutoScaleTest extends ServiceTest {
    @Test
    void aPoolFollowsItsFormula() throws Exception {
        rig.post(
                201,
                "/pools",
                pool(
                        "p",
                        "'enableAutoScale':true,'autoScaleFormula':'$TargetDedicatedNodes=2;',"
                                + "'autoScaleEvaluationInterval':'PT5M'"));
        JsonNode document =
                rig.await("/pools/p", pool -> pool.get("currentDedicatedNodes").intValue() == 2);
        assertThat(document.get("enableAutoScale").booleanValue()).isTrue();
        assertThat(document.get("targetDedicatedNodes").intValue()).isEqualTo(2);
        assertThat(document.get("autoScaleFormula").textValue()).isEqualTo("$TargetDedicatedNodes=2;");
        assertThat(document.get("autoScaleRun").get("results").textValue()).contains("$TargetDedicatedNodes=2");
        rig.refused(409, "OperationInvalidForCurrentState", "POST", "/pools/p/resize", "{'targetDedicatedNodes':1}");
        rig.post(200, "/pools/p/disableautoscale", "");
        assertThat(rig.get("/pools/p").has("autoScaleFormula")).isFalse();
        rig.post(202, "/pools/p/resize", "{'targetDedicatedNodes':0}");
    }

    @Test
    void aFormulaIsTriedWithoutBeingFollowed() throws Exception {
        rig.post(201, "/pools", pool("p", ""));
        String formula = "{'autoScaleFormula':'$TargetDedicatedNodes=3;'}";
        rig.refused(409, "OperationInvalidForCurrentState", "POST", "/pools/p/evaluateautoscale", formula);
        rig.refused(400, "MissingRequiredProperty", "POST", "/pools/p/enableautoscale", "");
        rig.refused(
                400,
                "AutoScalingFormulaSyntaxError",
                "POST",
                "/pools/p/enableautoscale",
                "{'autoScaleFormula':'$x = '}");
        String tag = rig.get("/pools/p").get("eTag").textValue();
        rig.call(
                200,
                "POST",
                "/pools/p/enableautoscale",
                Map.of("if-match", tag),
                "{'autoScaleFormula':'$TargetDedicatedNodes=0;'}");
        JsonNode run = ServiceRig.json(rig.post(200, "/pools/p/evaluateautoscale", formula));
        assertThat(run.get("results").textValue()).contains("$TargetDedicatedNodes=3");
        assertThat(run.has("timestamp")).isTrue();
        rig.await("/pools/p", pool -> pool.has("autoScaleRun"));
        assertThat(rig.get("/pools/p").get("targetDedicatedNodes").intValue()).isZero();
        rig.post(200, "/pools/p/enableautoscale", "{'autoScaleEvaluationInterval':'PT10M'}");
        assertThat(rig.get("/pools/p").get("autoScaleEvaluationInterval").textValue())
                .isEqualTo("PT10M");
    }

    @Test
    void formulasSeeTheTasksThatWait() throws Exception {
        rig.post(201, "/jobs", "{'id':'j','poolInfo':{'poolId':'p'}}");
        rig.addTask("a", "true", "").addTask("b", "true", "");
        rig.post(
                201,
                "/pools",
                pool("p", "'enableAutoScale':true,'autoScaleFormula':'$TargetDedicatedNodes=min(1,$PendingTasks);'"));
        rig.awaitState("/jobs/j/tasks/a", "completed");
        rig.awaitState("/jobs/j/tasks/b", "completed");
    }
}
