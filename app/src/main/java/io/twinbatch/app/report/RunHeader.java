package io.twinbatch.app.report;

import io.twinbatch.api.workflow.RunPlan;
import java.nio.file.Path;

/**
 * What a report says about a run beside its plan and result.
 *
 * @param backend the name of the backend
 * @param plan the plan
 * @param outputDir the folder of the results as the user knows it
 * @param numWords how many words a result has at most
 */
public record RunHeader(String backend, RunPlan plan, Path outputDir, int numWords) {}
