package io.twinbatch.app.run;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.workflow.model.CleanupChoice;
import io.twinbatch.app.report.ElapsedTime;
import io.twinbatch.app.report.ErrorStream;
import java.io.BufferedReader;
import java.time.Duration;

/**
 * Asks the user what to delete. An empty answer, the end of the input and an interruption mean yes, and so does no answer
 * in a minute: the nodes of a pool that nobody decides about would be billed.
 */
public final class CleanupQuestions implements CleanupChoice {
    private static final Duration ANSWER_TIME = Duration.ofMinutes(1);

    private final YesOrNo questions;
    private final ElapsedTime time;

    /** Asks on a stream, and reads the answers from an input. */
    public CleanupQuestions(ErrorStream stream, BufferedReader input, ElapsedTime time) {
        this(stream, input, time, ANSWER_TIME);
    }

    CleanupQuestions(ErrorStream stream, BufferedReader input, ElapsedTime time, Duration answerTime) {
        this.time = time;
        this.questions = new YesOrNo(stream, input, answerTime);
    }

    @Override
    public boolean deleteJob(JobId job) {
        return time.whileAsking(() -> questions.ask("Delete job [" + job + "]?", true));
    }

    @Override
    public boolean deletePool(PoolId pool) {
        return time.whileAsking(() -> questions.ask("Delete pool [" + pool + "]?", true));
    }
}
