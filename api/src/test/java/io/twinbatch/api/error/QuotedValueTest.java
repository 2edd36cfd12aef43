package io.twinbatch.api.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.Identifiers;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobNodeTask;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.StartTask;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.api.task.NodePath;
import io.twinbatch.api.task.OutputFile;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotedValueTest {
    private static final String URL = "https://a.blob.core.windows.net/c/b?sv=1&sig=Zq7Zq7";

    @Test
    void aShortValueIsShownAsItIs() {
        assertThat(QuotedValue.of("pool-1, grün")).isEqualTo("pool-1, grün");
    }

    @Test
    void ofALongValueTheBeginningAndTheLengthAreShown() {
        assertThat(QuotedValue.of("x".repeat(70_000))).isEqualTo("x".repeat(80) + "... (70000 characters)");
    }

    @Test
    void controlCharactersAreWrittenOut() {
        assertThat(QuotedValue.of("a\n\0\u001b[31m\u202eb")).isEqualTo("a\\n\\u0000\\u001b[31m\\u202eb");
    }

    @Test
    void aSecretThatIsCutIsNotShownInPart() {
        String key = "Q".repeat(86) + "==";
        assertThat(QuotedValue.of("x".repeat(60) + " " + key)).doesNotContain("Q");
        assertThat(QuotedValue.of("x".repeat(60) + "?sig=" + "Q".repeat(5_000))).doesNotContain("Q");
    }

    @ParameterizedTest
    @ValueSource(strings = {URL, "SharedKey a:Zq7Zq7", "AccountKey=Zq7Zq7;x", "\u0000?sig=Zq7Zq7"})
    void whatTheApiRefusesIsNeitherShownWholeNorWithItsSecret(String secret) {
        for (String value : List.of(secret, secret + "/../" + "x".repeat(70_000))) {
            requireUnspoken(() -> Identifiers.requireLegal("pool", value));
            requireUnspoken(() -> new ContainerName(value));
            requireUnspoken(() -> new ObjectKey(new ContainerName("container"), value + "/.."));
            requireUnspoken(() -> NodePath.requireInside("resource file", value + "/.."));
            SignedUrl container = new SignedUrl(URI.create("https://a/c?sig=Zq7Zq7"), Map.of(), Instant.MAX);
            requireUnspoken(() -> new OutputFile("../../" + value, container, "", OutputFile.Condition.SUCCESS));
            requireUnspoken(() -> new OutputFile("a", container, value + "/..", OutputFile.Condition.SUCCESS));
        }
    }

    private static void requireUnspoken(ThrowingCallable refused) {
        Throwable failure = Assertions.catchThrowable(refused);
        assertThat(failure).isInstanceOf(BatchException.class);
        assertThat(failure.getMessage())
                .doesNotContain("Zq7")
                .doesNotContain("x".repeat(81))
                .hasSizeLessThan(600);
        assertThat(((BatchException) failure).resource()).doesNotContain("Zq7");
    }

    @Test
    void noFailureShowsASecretThatItsMakerRepeats() {
        assertThat(new BatchException(ErrorCode.INVALID, "object " + URL, "not " + URL))
                .hasMessageNotContaining("Zq7");
        assertThat(FailureInfo.of("Code", "not " + URL).toString()).doesNotContain("Zq7");
        assertThat(new FailureInfo("Code", "", Map.of("url", URL)).toString()).doesNotContain("Zq7");
        assertThat(new ServiceError("Code", URL, "", Map.of("url", URL)).describe())
                .doesNotContain("Zq7");
    }

    @Test
    void whatMayHoldSecretsIsNotPrintedWithThem() {
        Map<String, String> variables = Map.of("PASSWORD", "Zq7Zq7");
        String command = "/bin/sh -c 'login Zq7Zq7'";
        JobNodeTask preparation = new JobNodeTask(command, List.of(), variables, false);
        for (Object each : List.of(
                TaskSpec.builder("t", command).environment(variables).build(),
                JobSpec.of(new JobId("j"), new PoolId("p")).withEnvironment(variables),
                preparation,
                new StartTask(command, List.of(), variables, false, 0))) {
            assertThat(each.toString()).doesNotContain("Zq7");
        }
    }
}
