package io.twinbatch.azure.client;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.policy.AddHeadersPolicy;
import com.azure.core.http.policy.BearerTokenAuthenticationPolicy;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.RequestIdPolicy;
import com.azure.core.http.policy.UserAgentPolicy;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.azure.client.BatchCredential.EntraToken;
import io.twinbatch.azure.client.BatchCredential.SharedKey;
import java.time.Clock;
import java.util.Objects;

/**
 * The Azure Batch REST service of one account, operation by operation. Passing failures are retried inside, in one
 * place; a request that the service refuses throws a {@link BatchServiceException}, and a service that cannot be
 * reached the failure of the connection.
 *
 * <p>It may be used from any number of threads.
 */
public final class BatchRestClient {
    /** The type of every body that is sent. */
    static final String JSON_BODY = "application/json; odata=minimalmetadata";

    private static final String CLIENT_REQUEST_ID = "client-request-id";

    private final RetryLimits limits;
    private final Sleeper sleeper;
    private final AccountClient account;
    private final PoolsClient pools;
    private final NodesClient nodes;
    private final JobsClient jobs;
    private final TasksClient tasks;

    /**
     * A client that retries as befits the service's distance.
     *
     * @param endpoint where the service is
     * @param credential who asks
     * @param http carries the requests
     */
    public BatchRestClient(BatchEndpoint endpoint, BatchCredential credential, HttpClient http) {
        this(
                endpoint,
                credential,
                http,
                endpoint.isLoopback() ? RetryLimits.NEARBY : RetryLimits.REMOTE,
                Clock.systemUTC(),
                Sleeper.REAL);
    }

    /**
     * A client with every choice made.
     *
     * @param endpoint where the service is
     * @param credential who asks
     * @param http carries the requests
     * @param limits how long a request is tried
     * @param clock gives the time of signatures and retries
     * @param sleeper passes the time before a further try
     */
    public BatchRestClient(
            BatchEndpoint endpoint,
            BatchCredential credential,
            HttpClient http,
            RetryLimits limits,
            Clock clock,
            Sleeper sleeper) {
        this.limits = Objects.requireNonNull(limits, "limits");
        this.sleeper = Objects.requireNonNull(sleeper, "sleeper");
        Json json = new Json();
        HttpPipeline pipeline = new HttpPipelineBuilder()
                .httpClient(Objects.requireNonNull(http, "http"))
                .policies(
                        new ServiceFailures(json),
                        new UserAgentPolicy("twinbatch"),
                        new RequestIdPolicy(CLIENT_REQUEST_ID),
                        new AddHeadersPolicy(new HttpHeaders()
                                .set(HttpHeaderName.fromString("return-" + CLIENT_REQUEST_ID), "true")),
                        new RetryPolicy(limits, clock, sleeper),
                        authentication(credential, clock))
                .build();
        Connection connection = new Connection(endpoint, pipeline, json);
        this.account = new AccountClient(connection);
        this.pools = new PoolsClient(connection);
        this.nodes = new NodesClient(connection);
        this.jobs = new JobsClient(connection);
        this.tasks = new TasksClient(connection);
    }

    private static HttpPipelinePolicy authentication(BatchCredential credential, Clock clock) {
        if (credential instanceof SharedKey key) {
            return new SharedKeyPolicy(key, clock);
        }
        EntraToken entra = (EntraToken) credential;
        return new BearerTokenAuthenticationPolicy(entra.tokens(), entra.scope());
    }

    /** How long a request is tried. */
    public RetryLimits limits() {
        return limits;
    }

    /** Passes the time before a further try. */
    public Sleeper sleeper() {
        return sleeper;
    }

    /** What the service offers to the account. */
    public AccountClient account() {
        return account;
    }

    /** Pools. */
    public PoolsClient pools() {
        return pools;
    }

    /** Nodes and their files. */
    public NodesClient nodes() {
        return nodes;
    }

    /** Jobs. */
    public JobsClient jobs() {
        return jobs;
    }

    /** Tasks and their files. */
    public TasksClient tasks() {
        return tasks;
    }
}
