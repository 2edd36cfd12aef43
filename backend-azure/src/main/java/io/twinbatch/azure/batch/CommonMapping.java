package io.twinbatch.azure.batch;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.Redaction;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.api.task.ResourceFile;
import io.twinbatch.azure.client.model.FileModel.BatchResourceFile;
import io.twinbatch.azure.client.model.NameValue;
import io.twinbatch.azure.client.model.TaskModel.TaskFailureInfo;
import io.twinbatch.azure.client.model.UserModel.AutoUser;
import io.twinbatch.azure.client.model.UserModel.UserIdentity;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The parts that pools, jobs and tasks share, in both directions. What is empty is not sent, and null is read as empty. */
final class CommonMapping {
    private static final String ADMIN = "admin";
    private static final String EXPIRY = "se=";

    /** A limit of time beyond this one is the service's way to write that there is none. */
    private static final Duration NO_LIMIT = Duration.ofDays(3_650_000);

    private CommonMapping() {}

    /** Variables, metadata or headers; in the order of their names, so that equal requests are identical. */
    static List<NameValue> pairs(Map<String, String> values) {
        return values.isEmpty() ? null : allPairs(values);
    }

    /** The same where an empty list is sent and means that none is left. */
    static List<NameValue> allPairs(Map<String, String> values) {
        return new TreeMap<>(values)
                .entrySet().stream()
                        .map(entry -> new NameValue(entry.getKey(), entry.getValue()))
                        .toList();
    }

    /** The same read back; of two values for one name the last one counts. */
    static Map<String, String> map(List<NameValue> pairs) {
        Map<String, String> values = new TreeMap<>();
        for (NameValue pair : orEmpty(pairs)) {
            if (pair.name() != null) {
                values.put(pair.name(), Objects.requireNonNullElse(pair.value(), ""));
            }
        }
        return values;
    }

    static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : list;
    }

    static int number(Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }

    static OptionalInt number(Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    static boolean isLimit(Duration limit) {
        return limit.compareTo(Duration.ZERO) > 0 && limit.compareTo(NO_LIMIT) < 0;
    }

    static Instant time(Instant first, Instant otherwise) {
        return Stream.of(Optional.ofNullable(first), Optional.ofNullable(otherwise))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(Instant.EPOCH);
    }

    /** The files that the neutral API can name: single ones, each inside its folder. */
    static List<ResourceFile> readResourceFiles(List<BatchResourceFile> files) {
        return orEmpty(files).stream()
                .flatMap(file -> readResourceFile(file).stream())
                .toList();
    }

    private static Optional<ResourceFile> readResourceFile(BatchResourceFile file) {
        if (file.httpUrl() == null || file.filePath() == null) {
            return Optional.empty();
        }
        try {
            URI url = URI.create(file.httpUrl());
            return Optional.of(new ResourceFile(new SignedUrl(url, Map.of(), expiry(url)), file.filePath()));
        } catch (IllegalArgumentException | BatchException e) {
            // Somebody else's pool or job may name what the neutral API cannot.
            return Optional.empty();
        }
    }

    /** A signed URL has its expiry in its query; one without never expires. */
    private static Instant expiry(URI url) {
        String query = Objects.requireNonNullElse(url.getRawQuery(), "");
        return Arrays.stream(query.split("&"))
                .filter(pair -> pair.startsWith(EXPIRY))
                .map(pair -> URLDecoder.decode(pair.substring(EXPIRY.length()), StandardCharsets.UTF_8))
                .flatMap(text -> instant(text).stream())
                .findFirst()
                .orElse(Instant.MAX);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The pool's account with administrator rights; null, for the service's default, without them. */
    static UserIdentity identity(boolean elevated) {
        return elevated ? new UserIdentity(null, new AutoUser("pool", ADMIN)) : null;
    }

    static boolean isElevated(UserIdentity identity) {
        return identity != null
                && identity.autoUser() != null
                && ADMIN.equalsIgnoreCase(identity.autoUser().elevationLevel());
    }

    /** Why something failed; empty when the service names no failure. */
    static Optional<FailureInfo> failure(TaskFailureInfo failure) {
        return failure == null
                ? Optional.empty()
                : Optional.of(failure(failure.code(), failure.message(), failure.details()));
    }

    /** A failure in the service's words, signatures of URLs in them left out. */
    static FailureInfo failure(String code, String message, List<NameValue> details) {
        Map<String, String> shown = new TreeMap<>();
        map(details).forEach((name, value) -> shown.put(name, Redaction.withoutSecrets(value)));
        return new FailureInfo(
                Objects.requireNonNullElse(code, ""),
                Redaction.withoutSecrets(Objects.requireNonNullElse(message, "")),
                shown);
    }
}
