package io.twinbatch.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.app.report.ElapsedTime;
import io.twinbatch.app.report.ErrorStream;
import io.twinbatch.app.report.Terminal;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CleanupQuestionsTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void anEmptyAnswerMeansYes() {
        assertThat(questions(new StringReader("\n")).deleteJob(new JobId("job-1")))
                .isTrue();
        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("Delete job [job-1]? [Y/n] ");
    }

    @Test
    void noMeansNo() {
        assertThat(questions(new StringReader(" No\n")).deletePool(new PoolId("pool-1")))
                .isFalse();
    }

    @Test
    void anythingElseIsAskedAgain() {
        assertThat(questions(new StringReader("what?\nn\n")).deleteJob(new JobId("job-1")))
                .isFalse();
        assertThat(written.toString(StandardCharsets.UTF_8)).contains("Please answer y or n.");
    }

    @Test
    void theEndOfTheInputMeansYes() {
        assertThat(questions(new StringReader("")).deleteJob(new JobId("job-1")))
                .isTrue();
    }

    @Test
    void anInterruptionMeansYesAndIsKept() throws Exception {
        try (PipedWriter silent = new PipedWriter();
                PipedReader waiting = new PipedReader(silent)) {
            Thread.currentThread().interrupt();
            assertThat(questions(waiting).deletePool(new PoolId("pool-1"))).isTrue();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(written.size()).as("a question that nobody answers").isZero();
        }
    }

    @Test
    void noAnswerInTimeMeansYesAndTheNextQuestionIsNotAsked() throws Exception {
        try (PipedWriter silent = new PipedWriter();
                PipedReader waiting = new PipedReader(silent)) {
            CleanupQuestions questions = questions(waiting, Duration.ofMillis(1));

            assertThat(questions.deleteJob(new JobId("job-1"))).isTrue();
            assertThat(questions.deletePool(new PoolId("pool-1"))).isTrue();
            assertThat(written.toString(StandardCharsets.UTF_8))
                    .contains("Delete job [job-1]? [Y/n]", "No answer within", ": yes.")
                    .doesNotContain("Delete pool");
        }
    }

    private CleanupQuestions questions(Reader answers) {
        return questions(answers, Duration.ofMinutes(1));
    }

    private CleanupQuestions questions(Reader answers, Duration answerTime) {
        ErrorStream stream = new ErrorStream(
                new PrintStream(written, true, StandardCharsets.UTF_8), Terminal.NONE, Clock.systemUTC());
        return new CleanupQuestions(
                stream, new BufferedReader(answers), new ElapsedTime(Clock.systemUTC()), answerTime);
    }
}
