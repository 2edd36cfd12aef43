package io.twinbatch.app.run;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.workflow.model.CleanupChoice;
import io.twinbatch.app.report.ElapsedTime;
import io.twinbatch.app.report.ErrorStream;
import java.io.BufferedReader;

/** Asks the user what is to be deleted. An empty answer, the end of the input and an interruption mean yes. */
public final class CleanupQuestions implements CleanupChoice {
    private final YesOrNo questions;
    private final ElapsedTime time;

    /** Asks on a stream, and reads the answers from an input. */
    public CleanupQuestions(ErrorStream stream, BufferedReader input, ElapsedTime time) {
        this.time = time;
        this.questions = new YesOrNo(stream, input);
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
