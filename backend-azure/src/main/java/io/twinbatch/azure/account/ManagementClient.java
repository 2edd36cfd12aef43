package io.twinbatch.azure.account;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.BearerTokenAuthenticationPolicy;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.core.http.policy.UserAgentPolicy;
import com.azure.core.util.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.error.ServiceError;
import io.twinbatch.azure.connection.ConnectionFailures;
import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Asks Azure's management service what a Batch account may have. It knows the tokens of Microsoft Entra ID alone, and
 * the identity needs the role <em>Reader</em> on the account. Failures are {@link BatchException}s.
 */
public final class ManagementClient implements QuotaSource {
    private static final String API_VERSION = "2024-07-01";

    /**
     * Names of capabilities, those of the <a href="https://learn.microsoft.com/rest/api/compute/resource-skus/list">sizes of
     * the Compute service</a>.
     */
    private static final String CORES = "vCPUs";

    private static final String GENERATIONS = "HyperVGenerations";
    private static final String ARCHITECTURE = "CpuArchitectureType";

    private final URI endpoint;
    private final AccountPath path;
    private final HttpPipeline pipeline;
    private final ObjectMapper mapper = new ObjectMapper();

    /**
     * A client for one account.
     *
     * @param endpoint the management service's URL
     * @param path where the account is kept
     * @param tokens who asks
     * @param http carries the requests
     */
    public ManagementClient(URI endpoint, AccountPath path, TokenCredential tokens, HttpClient http) {
        this.endpoint = endpoint;
        this.path = path;
        this.pipeline = new HttpPipelineBuilder()
                .httpClient(http)
                .policies(
                        new UserAgentPolicy("twinbatch"),
                        new RetryPolicy(),
                        new BearerTokenAuthenticationPolicy(tokens, endpoint + "/.default"))
                .build();
    }

    /**
     * Where a Batch account is kept.
     *
     * @param subscription the identifier of the subscription
     * @param resourceGroup the name of the resource group
     * @param account the name of the account
     */
    public record AccountPath(String subscription, String resourceGroup, String account) {
        private String ofAccount() {
            return ofSubscription() + "/resourceGroups/" + resourceGroup + "/providers/Microsoft.Batch/batchAccounts/"
                    + account;
        }

        private String ofSubscription() {
            return "/subscriptions/" + subscription;
        }
    }

    /** What the account may have. */
    @Override
    public AccountQuota quota() {
        JsonNode account = get(URI.create(endpoint + path.ofAccount() + "?api-version=" + API_VERSION));
        JsonNode properties = account.path("properties");
        Map<String, Integer> families = new HashMap<>();
        for (JsonNode family : properties.path("dedicatedCoreQuotaPerVMFamily")) {
            families.put(family.path("name").asText(), family.path("coreQuota").asInt());
        }
        return new AccountQuota(
                account.path("location").asText(),
                number(properties, "dedicatedCoreQuota"),
                families,
                properties.path("dedicatedCoreQuotaPerVMFamilyEnforced").asBoolean(false),
                number(properties, "lowPriorityCoreQuota"),
                number(properties, "poolQuota"),
                number(properties, "activeJobAndJobScheduleQuota"));
    }

    /** The sizes of virtual machine that pools in a region can have; sizes without a number of cores are left out. */
    @Override
    public List<VmSize> vmSizes(String location) {
        List<VmSize> sizes = new ArrayList<>();
        Optional<URI> next = Optional.of(URI.create(endpoint + path.ofSubscription()
                + "/providers/Microsoft.Batch/locations/" + location + "/virtualMachineSkus?api-version="
                + API_VERSION));
        while (next.isPresent()) {
            JsonNode page = get(next.get());
            for (JsonNode size : page.path("value")) {
                size(size).ifPresent(sizes::add);
            }
            next = Optional.of(page.path("nextLink").asText(""))
                    .filter(link -> !link.isEmpty())
                    .map(this::ownLink);
        }
        return sizes;
    }

    /** The token goes to the service that it is for, and to no other. */
    private URI ownLink(String link) {
        URI url = URI.create(link);
        if (!endpoint.getHost().equalsIgnoreCase(url.getHost()) || !"https".equalsIgnoreCase(url.getScheme())) {
            throw new BatchException(
                    ErrorCode.UNKNOWN, resource(), "the management service's listing goes on at another host");
        }
        return url;
    }

    private static Optional<VmSize> size(JsonNode size) {
        Map<String, String> capabilities = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        size.path("capabilities")
                .forEach(capability -> capabilities.put(
                        capability.path("name").asText(),
                        capability.path("value").asText()));
        int cores = number(capabilities.getOrDefault(CORES, ""));
        String generations = capabilities.getOrDefault(GENERATIONS, "");
        String architecture = capabilities.getOrDefault(ARCHITECTURE, "");
        return cores < 1
                ? Optional.empty()
                : Optional.of(new VmSize(
                        size.path("name").asText(),
                        size.path("familyName").asText(),
                        cores,
                        Arrays.stream(HyperVGeneration.values())
                                .filter(generation -> generation.isIn(generations))
                                .collect(Collectors.toUnmodifiableSet()),
                        Arrays.stream(CpuArchitecture.values())
                                .filter(known -> known.toString().equalsIgnoreCase(architecture))
                                .findFirst(),
                        time(size.path("batchSupportEndOfLife").asText())));
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static OptionalInt number(JsonNode properties, String name) {
        JsonNode value = properties.path(name);
        return value.canConvertToInt() ? OptionalInt.of(value.asInt()) : OptionalInt.empty();
    }

    private JsonNode get(URI url) {
        try (HttpResponse response = pipeline.sendSync(new HttpRequest(HttpMethod.GET, url.toURL()), Context.NONE)) {
            JsonNode body = read(response);
            if (response.getStatusCode() == 200) {
                return body;
            }
            throw refusal(response.getStatusCode(), body.path("error"));
        } catch (IOException | RuntimeException e) {
            // A proxy and a credential report their failures in words, and the client wraps those.
            throw ConnectionFailures.first(ConnectionFailures.causes(e), BatchException.class)
                    .orElseGet(() -> new BatchException(
                            ErrorCode.UNAVAILABLE,
                            resource(),
                            "Azure's management service cannot be reached: " + FailureReason.of(e),
                            e));
        }
    }

    private JsonNode read(HttpResponse response) throws IOException {
        byte[] body = response.getBodyAsBinaryData().toBytes();
        try {
            return mapper.readTree(body);
        } catch (IOException e) {
            // A gateway's page in place of the service's document; for a failure the status has to do.
            if (response.getStatusCode() == 200) {
                throw e;
            }
            return mapper.createObjectNode();
        }
    }

    private BatchException refusal(int status, JsonNode error) {
        ServiceError said = new ServiceError(
                error.path("code").asText(), error.path("message").asText(), "", Map.of("status", "" + status));
        ErrorCode code = switch (status) {
            case 401 -> ErrorCode.UNAUTHENTICATED;
            case 403 -> ErrorCode.FORBIDDEN;
            case 404 -> ErrorCode.NOT_FOUND;
            case 429 -> ErrorCode.THROTTLED;
            default -> status >= 500 ? ErrorCode.UNAVAILABLE : ErrorCode.UNKNOWN;
        };
        String message = switch (code) {
            case UNAUTHENTICATED, FORBIDDEN ->
                "the identity that is signed in may not look at it; assign it the role Reader on the Batch account";
            case NOT_FOUND -> "it is not there; check the subscription, the resource group and the account's name";
            default -> "Azure's management service answered with an error";
        };
        return new BatchException(code, resource(), message, said, null);
    }

    private String resource() {
        return "quotas of Batch account " + path.account();
    }
}
