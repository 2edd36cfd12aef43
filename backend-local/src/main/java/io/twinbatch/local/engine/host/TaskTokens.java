package io.twinbatch.local.engine.host;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.workflow.model.Sha256;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tokens by which running tasks may use the service on behalf of their job. They are in memory alone, and only as
 * digests, and last as long as the task runs.
 */
public final class TaskTokens {
    private static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();

    /**
     * What a token is good for.
     *
     * @param work names the work that was given the token
     * @param job the job that it may use
     */
    private record Grant(String work, JobId job) {}

    /** By the digest of the token. */
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();

    /** Makes a token for a piece of work. */
    String issue(String work, JobId job) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Arrays.fill(bytes, (byte) 0);
        grants.put(digest(token), new Grant(work, job));
        return token;
    }

    /** Has the tokens of a piece of work mean nothing any more. */
    void revoke(String work) {
        grants.values().removeIf(grant -> grant.work().equals(work));
    }

    /** The job that a token allows to use; empty when there is no such token. */
    public Optional<JobId> job(String token) {
        return Optional.ofNullable(grants.get(digest(token))).map(Grant::job);
    }

    private static String digest(String token) {
        return new Sha256().add(token).hex();
    }
}
