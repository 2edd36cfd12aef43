package io.twinbatch.api.workflow.model;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.storage.ContainerName;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The identifier of one run. Every container, pool and job that the run creates carries it, at the end of its name
 * (unless the user chose the name) and in its metadata, so that two runs never meet and what a dead client left behind
 * is found again.
 *
 * @param value 3 to 30 lower-case letters, digits and single dashes, beginning and ending with a letter or digit, such
 *     as {@code 20261122-175901-k3f9}
 */
public record RunId(String value) {
    /** The name of the metadata that holds the run's identifier. */
    public static final String METADATA_RUN = "twinbatch_run";

    private static final String JOB_PREFIX = "job-";
    private static final int RANDOM_LENGTH = 4;
    private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final Pattern LEGAL = Pattern.compile("(?=.{3,30}$)[a-z0-9](?:-?[a-z0-9])*");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /** Throws {@link BatchException} with {@link ErrorCode#INVALID} when the identifier breaks the rule. */
    public RunId {
        if (!isLegal(value)) {
            throw new BatchException(
                    ErrorCode.INVALID,
                    "run " + QuotedValue.of(value),
                    "the id of a run is 3 to 30 lower-case letters, digits and single dashes");
        }
    }

    /** A new identifier: the present time in UTC, and four random characters for runs of the same second. */
    public static RunId generate(Clock clock, RandomGenerator random) {
        StringBuilder value = new StringBuilder(TIME.format(clock.instant())).append('-');
        for (int i = 0; i < RANDOM_LENGTH; i++) {
            value.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new RunId(value.toString());
    }

    /** The name of this run's container for a purpose, such as {@code input-20261122-175901-k3f9}. */
    public ContainerName container(String purpose) {
        return new ContainerName(purpose + "-" + value);
    }

    /** The identifier of this run's pool when the user chose none. */
    public PoolId pool() {
        return new PoolId("pool-" + value);
    }

    /** The identifier of this run's job when the user chose none. */
    public JobId job() {
        return new JobId(JOB_PREFIX + value);
    }

    /**
     * The identifier that a user means: that of a run, or the one in the name of its job.
     *
     * @return the identifier; empty when the text is neither
     */
    public static Optional<RunId> named(String runOrJob) {
        String id = runOrJob.startsWith(JOB_PREFIX) ? runOrJob.substring(JOB_PREFIX.length()) : runOrJob;
        return isLegal(id) ? Optional.of(new RunId(id)) : Optional.empty();
    }

    private static boolean isLegal(String value) {
        return LEGAL.matcher(value).matches();
    }

    /** Whether metadata says that a resource was created by this run. */
    public boolean owns(Map<String, String> metadata) {
        return value.equals(metadata.get(METADATA_RUN));
    }

    @Override
    public String toString() {
        return value;
    }
}
