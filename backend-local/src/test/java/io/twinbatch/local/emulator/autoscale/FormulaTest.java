package io.twinbatch.local.emulator.autoscale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.local.emulator.http.ServiceFault;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormulaTest {
    /** A Thursday. */
    private static final Instant NOW = Instant.parse("2016-10-13T19:18:47.805Z");

    private final Map<Metric, List<Metrics.Sample>> history = new EnumMap<>(Metric.class);

    @Test
    void theServicesOwnExampleHasTheResultThatTheServiceShows() {
        FormulaResult result = evaluate("""
                $curTime = time();
                $workHours = $curTime.hour >= 8 && $curTime.hour < 18;
                $isWeekday = $curTime.weekday >= 1 && $curTime.weekday <= 5;
                $isWorkingWeekdayHour = $workHours && $isWeekday;
                $TargetDedicatedNodes = $isWorkingWeekdayHour ? 20:10;
                """);

        assertThat(result.error()).isEmpty();
        assertThat(result.targetDedicatedNodes()).isEqualTo(10);
        assertThat(result.results())
                .isEqualTo("$TargetDedicatedNodes=10;$TargetLowPriorityNodes=0;$NodeDeallocationOption=requeue;"
                        + "$curTime=2016-10-13T19:18:47.805Z;$isWeekday=1;$isWorkingWeekdayHour=0;$workHours=0");
    }

    @Test
    void aPoolGrowsWithItsPendingTasks() {
        samples(Metric.PENDING_TASKS, 6, 8, 10, 12, 14, 16);
        String formula = """
                startingNumberOfVMs = 1;
                maxNumberofVMs = 25;
                pendingTaskSamplePercent = $PendingTasks.GetSamplePercent(180 * TimeInterval_Second);
                pendingTaskSamples = pendingTaskSamplePercent < 70
                    ? startingNumberOfVMs : avg($PendingTasks.GetSample(180 * TimeInterval_Second));
                $TargetDedicatedNodes=min(maxNumberofVMs, pendingTaskSamples);
                $NodeDeallocationOption = taskcompletion;""";

        FormulaResult result = evaluate(formula);
        history.clear();

        assertThat(result.targetDedicatedNodes()).isEqualTo(11);
        assertThat(result.deallocationOption()).isEqualTo("taskcompletion");
        assertThat(result.results()).contains("$pendingTaskSamplePercent=100");
        assertThat(evaluate(formula).targetDedicatedNodes()).isEqualTo(1);
    }

    @Test
    void theDocumentedExamplesCanBeEvaluated() {
        samples(Metric.PENDING_TASKS, 3);
        samples(Metric.ACTIVE_TASKS, 3);
        samples(Metric.RUNNING_TASKS, 0);

        assertThat(evaluate("""
                        // Get pending tasks for the past 15 minutes.
                        $samples = $PendingTasks.GetSamplePercent(TimeInterval_Minute * 15);
                        $tasks = $samples < 70 ? max(0,$PendingTasks.GetSample(1)) : max( $PendingTasks.GetSample(1), avg($PendingTasks.GetSample(TimeInterval_Minute * 15)));
                        $targetVMs = $tasks > 0? $tasks:max(0, $TargetDedicatedNodes/2);
                        $TargetDedicatedNodes = max(0, min($targetVMs, 20)); /* the
                        end */
                        $NodeDeallocationOption = taskcompletion;
                        """).targetDedicatedNodes()).isEqualTo(3);
        assertThat(evaluate("""
                        $samples = $ActiveTasks.GetSamplePercent(TimeInterval_Minute * 15);
                        $tasks = $samples < 70 ? max(0,$ActiveTasks.GetSample(1)) : max( $ActiveTasks.GetSample(1),avg($ActiveTasks.GetSample(TimeInterval_Minute * 15)));
                        $cores = $TargetDedicatedNodes * 4;
                        $extraVMs = (($tasks - $cores) + 3) / 4;
                        $targetVMs = ($TargetDedicatedNodes + $extraVMs);
                        $TargetDedicatedNodes = max(0,min($targetVMs,3));
                        """).error()).isEmpty();
        assertThat(evaluate("""
                        $TargetDedicatedNodes = 4;
                        lifespan = time() - time("Thu, 13 Oct 2016 19:00:00 GMT");
                        span = TimeInterval_Minute * 60;
                        startup = TimeInterval_Minute * 10;
                        ratio = 0;
                        $TargetDedicatedNodes = (lifespan > startup ? (max($RunningTasks.GetSample(span, ratio), $ActiveTasks.GetSample(span, ratio)) == 0 ? 0 : $TargetDedicatedNodes) : 4);
                        """).targetDedicatedNodes()).isEqualTo(4);
        samples(Metric.CURRENT_DEDICATED_NODES, 10);
        samples(Metric.CPU_PERCENT, 0.9, 0.8);
        assertThat(evaluate("""
                        $totalDedicatedNodes = (min($CPUPercent.GetSample(TimeInterval_Minute * 10)) > 0.7)
                            ? ($CurrentDedicatedNodes * 1.1) : $CurrentDedicatedNodes;
                        $TargetDedicated = min(400, $totalDedicatedNodes)""").targetDedicatedNodes()).isEqualTo(11);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "1 + 2 * 3 ~ 7",
                "(1 + 2) * 3 ~ 9",
                "7 - 2 - 1 ~ 4",
                "-2 * -3 ~ 6",
                "!0 + !5 ~ 1",
                "1 < 2 && 2 <= 2 ~ 1",
                "0 && $nothing ~ 0",
                "1 || $nothing ~ 1",
                "0 ? 1 : 0 ? 2 : 3 ~ 3",
                "\"a\" < \"b\" ~ 1",
                "avg(1, 2, vec(3, 6)) ~ 3",
                "len(vec(1, 2), 3) ~ 3",
                "max(1, 5, 3) - min(4, 2) ~ 3",
                "sum(vec(1, 2) * 3) ~ 9",
                "sum(vec(1, 2) + vec(3, 4)) ~ 10",
                "range(1, 9) ~ 8",
                "norm(3, 4) ~ 5",
                "std(2, 4, 4, 4, 5, 5, 7, 9) ~ 2.138089935299395",
                "percentile(vec(1, 2, 3, 4), 50) ~ 2.5",
                "val(vec(5, 6), 1) ~ 6",
                "lg(8) ~ 3",
                "ln(1) ~ 0",
                "log(1000) ~ 3",
                "floor(2.7) + ceil(2.1) ~ 5",
                "round(2.6) ~ 3",
                "sum(lg(vec(2, 4))) ~ 3",
                "rand() ~ 0.5",
                "1e3 + 2.5E-1 + 1e+1 ~ 1010.25",
                "$TaskSlotsPerNode * 2 ~ 8",
                "$MaxTasksPerNode ~ 4",
                "time(\"2016-10\").day ~ 1",
                "time(\"2016\") == time(\"2016-01-01T00:00:00Z\") ~ 1",
                "1.5 ~ 1.5",
                "1 / 4 ~ 0.25",
                "time(\"2016-10-13T10:11:12Z\").minute ~ 11",
                "time(\"2016-10-16\").weekday ~ 0",
                "(time() + TimeInterval_Day * 3).day ~ 16",
                "time() - time(\"2016-10-13\") > TimeInterval_Hour * 19 ~ 1",
                "-TimeInterval_Hour < TimeInterval_Zero ~ 1",
                "TimeInterval_Week / 7 == TimeInterval_Day ~ 1"
            })
    void expressionsHaveTheirValues(String expression, String value) {
        FormulaResult result = evaluate("x = " + expression);

        assertThat(result.error()).isEmpty();
        assertThat(result.results()).endsWith(";$x=" + value);
    }

    @Test
    void samplesAreThoseOfTheTimeThatIsNamed() {
        samples(Metric.RUNNING_TASKS, 1, 2, 3, 4, 5, 6, 7, 8);

        assertThat(value("$RunningTasks.GetSample(3)")).isEqualTo("[6,7,8]");
        assertThat(value("$RunningTasks.GetSample(100)")).isEqualTo("[1,2,3,4,5,6,7,8]");
        assertThat(value("$RunningTasks.GetSample(TimeInterval_Minute)")).isEqualTo("[7,8]");
        assertThat(value("$RunningTasks.GetSample(1 * TimeInterval_Minute, 2 * TimeInterval_Minute)"))
                .isEqualTo("[5,6]");
        assertThat(value("$RunningTasks.GetSample(time() + TimeInterval_Second * -61, time())"))
                .isEqualTo("[6,7,8]");
        assertThat(value("$RunningTasks.Count()")).isEqualTo("8");
        assertThat(value("$RunningTasks.GetSamplePercent(TimeInterval_Minute * 8)"))
                .isEqualTo("50");
        assertThat(value("$RunningTasks.GetSamplePeriod() == TimeInterval_Second * 30"))
                .isEqualTo("1");
        assertThat(value("$RunningTasks.HistoryBeginTime() < time()")).isEqualTo("1");
        assertThat(value("$RunningTasks")).isEqualTo("8");
    }

    @Test
    void tooFewSamplesAreTheServicesErrorAndLeaveThePoolAsItIs() {
        samples(Metric.RUNNING_TASKS, 1, 2);
        FormulaResult result = evaluate("""
                $TargetDedicatedNodes = 9;
                $s = $RunningTasks.GetSample(TimeInterval_Minute * 10, 70);""");

        assertThat(result.targetDedicatedNodes()).isEqualTo(2);
        assertThat(result.error().orElseThrow().code()).isEqualTo("InsufficientSampleData");
        assertThat(result.error().orElseThrow().values())
                .containsEntry(
                        "Message",
                        "Line 2, Col 19: Insufficient data from data set: $RunningTasks wanted 70%, received 10%");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$something_useless",
                "x = y",
                "x = 1 + time()",
                "x = time() * 2",
                "x = TimeInterval_Day * TimeInterval_Day",
                "x = TimeInterval_Year * 1000000000",
                "x = time() + TimeInterval_Year * 200 + TimeInterval_Year * 200 - \"\"",
                "x = vec(1) + vec(1, 2)",
                "x = avg()",
                "x = max($PendingTasks.GetSample(5))",
                "x = std(1)",
                "x = val(vec(1), 1)",
                "x = val(vec(1), -1)",
                "x = percentile(vec(1), 101)",
                "x = noSuchFunction(1)",
                "x = $PendingTasks.NoSuchMethod()",
                "x = $PendingTasks.GetSample()",
                "x = $PendingTasks.GetSample(-1)",
                "x = $PendingTasks.GetSample(\"a\")",
                "x = 1; y = x.GetSample(1)",
                "x = time().century",
                "x = \"a\".year",
                "x = time(\"tomorrow\")",
                "x = time(5)",
                "x = \"a\" ? 1 : 2",
                "x = !\"a\"",
                "x = $PendingTasks + 1",
                "$PendingTasks = 1",
                "$TargetDedicatedNodes = -1",
                "$TargetDedicatedNodes = 0 / 0",
                "$TargetDedicatedNodes = 1 / 0",
                "$TargetDedicatedNodes = 99999999999",
                "$TargetDedicatedNodes = \"5\"",
                "$TargetDedicatedNodes = vec(5)",
                "$NodeDeallocationOption = \"never\"",
                "$NodeDeallocationOption = 1"
            })
    void whatHasNoValueIsAnErrorInTheResult(String formula) {
        FormulaResult result = evaluate(formula);

        assertThat(result.error()).isPresent();
        assertThat(result.error().orElseThrow().values().get("Message")).startsWith("Line 1, Col ");
        assertThat(result.targetDedicatedNodes()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x =",
                "x = 1 2",
                "= 1",
                "x = (1",
                "x = 1)",
                "x = 1 +",
                "x = 1 ? 2",
                "x = f(1",
                "x = f(1,)",
                "x = \"a",
                "x = 1.2.3",
                "x = #",
                "x = a.1",
                "/* no end",
                "x = 1 y = 2",
                "if (1) { x = 2 }",
                "stop(1)"
            })
    void whatIsNoFormulaIsRefusedWithThePlace(String formula) {
        ServiceFault fault = catchThrowableOfType(ServiceFault.class, () -> Formula.parse(formula));

        assertThat(fault.status()).isEqualTo(400);
        assertThat(fault.code()).isEqualTo("AutoScalingFormulaSyntaxError");
        assertThat(fault.values().get("Message")).startsWith("Line 1, Col ");
    }

    @Test
    void aFormulaThatIsTooLongTooDeepOrHasTooManyStatementsIsRefused() {
        assertThat(refusal("x = 1;".repeat(2000)).code()).isEqualTo("AutoScaleFormulaTooLong");
        assertThat(refusal("x=1;".repeat(101)).values().get("Message")).contains("100 statements");
        assertThat(refusal("x=" + "(".repeat(4000)).values().get("Message")).contains("too deep");
        assertThat(refusal("x=" + "-".repeat(4000) + "1").values().get("Message"))
                .contains("too deep");
        assertThat(refusal("x=" + "1?1:".repeat(1500) + "1").values().get("Message"))
                .contains("too deep");
        assertThat(evaluate("x=1" + "+1".repeat(1500)).results()).endsWith("$x=1501");
    }

    @Test
    void noFormulaFillsTheMemory() {
        FormulaResult result = evaluate("v = vec(1,2);" + "v = vec(v,v);".repeat(98));

        assertThat(result.error().orElseThrow().values().get("Message")).contains("10000 values");
    }

    @Test
    void stopEndsTheFormulaThere() {
        assertThat(evaluate("$TargetDedicatedNodes = 5; stop(); $TargetDedicatedNodes = 6")
                        .targetDedicatedNodes())
                .isEqualTo(5);
    }

    @Test
    void theFullNameOfATargetAndItsAliasAreTheSame() {
        FormulaResult result = evaluate("$TargetDedicated = 3; $TargetLowPriority = $TargetDedicatedNodes + 1");

        assertThat(result.targetDedicatedNodes()).isEqualTo(3);
        assertThat(result.targetLowPriorityNodes()).isEqualTo(4);
    }

    @Test
    void noTextWhateverDoesAnythingButHaveAResultOrARefusal() {
        String[] words = {
            "x",
            "$x",
            "=",
            "==",
            "1",
            "2.5",
            "+",
            "-",
            "*",
            "/",
            "(",
            ")",
            ",",
            ";",
            "?",
            ":",
            "!",
            "&&",
            "||",
            "<",
            "time()",
            "vec(1,2)",
            "avg",
            "TimeInterval_Day",
            "\"a\"",
            ".",
            "GetSample",
            "$PendingTasks",
            "hour",
            "stop()",
            "$TargetDedicatedNodes",
            "//",
            "\n",
            "\u00e9",
            "9e9",
            "val"
        };
        samples(Metric.PENDING_TASKS, 1, 2, 3);
        Random random = new Random(2);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder formula = new StringBuilder();
            for (int length = random.nextInt(12); length >= 0; length--) {
                formula.append(words[random.nextInt(words.length)]).append(random.nextBoolean() ? " " : "");
            }
            assertThat(hasAResultOrARefusal(formula.toString())).isTrue();
        }
    }

    private boolean hasAResultOrARefusal(String formula) {
        try {
            return evaluate(formula).results().startsWith("$TargetDedicatedNodes=");
        } catch (ServiceFault fault) {
            return fault.status() == 400;
        }
    }

    private static ServiceFault refusal(String formula) {
        return catchThrowableOfType(ServiceFault.class, () -> Formula.parse(formula));
    }

    private String value(String expression) {
        String results = evaluate("x = " + expression).results();
        return results.substring(results.indexOf("$x=") + 3);
    }

    private FormulaResult evaluate(String formula) {
        Metrics metrics = metric -> history.getOrDefault(metric, List.of());
        return Formula.parse(formula).evaluate(new PoolMetrics(NOW, 2, 0, 4, metrics, () -> 0.5));
    }

    /** The last one is of now. */
    private void samples(Metric metric, double... values) {
        List<Metrics.Sample> samples = IntStream.range(0, values.length)
                .mapToObj(i -> new Metrics.Sample(NOW.minusSeconds(30L * (values.length - 1 - i)), values[i]))
                .toList();
        history.put(metric, samples);
    }
}
