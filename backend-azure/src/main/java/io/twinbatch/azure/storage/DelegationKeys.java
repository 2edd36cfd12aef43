package io.twinbatch.azure.storage;

import com.azure.storage.blob.models.UserDelegationKey;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;

/**
 * The keys with which somebody who has no account key signs: each fetched from the service, lent for at most a week,
 * and used for as long as it outlives what it signs.
 */
final class DelegationKeys {
    /** The service lends a key for a week at most, by its own clock, which may be a little behind this machine's. */
    static final Duration MAX_DURATION = Duration.ofDays(7).minusMinutes(5);

    private final Function<OffsetDateTime, UserDelegationKey> service;
    private final Clock clock;
    private Optional<UserDelegationKey> latest = Optional.empty();

    /** Fetches keys from the service, with the requested end of their validity. */
    DelegationKeys(Function<OffsetDateTime, UserDelegationKey> service, Clock clock) {
        this.service = service;
        this.clock = clock;
    }

    /** The last moment, in whole seconds, at which a key that is fetched now is good. */
    Instant last() {
        return clock.instant().plus(MAX_DURATION).truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * A key that is good until a moment, at least.
     *
     * @param resource what is to be signed for
     * @throws BatchException {@code INVALID} when no key lasts that long; any code when the service gives none
     */
    synchronized UserDelegationKey until(Instant end, String resource) {
        Instant last = clock.instant().plus(MAX_DURATION);
        // A lifetime is rounded up to whole seconds before it comes here.
        if (end.isAfter(last.plusSeconds(1))) {
            throw new BatchException(
                    ErrorCode.INVALID,
                    resource,
                    "without the account's key a signed URL lives for less than 7 days, and this one would have to"
                            + " work until " + end + "; ask for a shorter time limit, or sign in with the key");
        }
        if (latest.isEmpty() || latest.get().getSignedExpiry().toInstant().isBefore(end)) {
            latest = Optional.of(fetch(end.isAfter(last) ? end : last));
        }
        return latest.get();
    }

    private UserDelegationKey fetch(Instant end) {
        try {
            return service.apply(end.atOffset(ZoneOffset.UTC));
        } catch (RuntimeException e) {
            throw BlobErrors.translate("key for signing URLs", e);
        }
    }
}
