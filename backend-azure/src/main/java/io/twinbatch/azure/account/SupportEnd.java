package io.twinbatch.azure.account;

import io.twinbatch.api.preflight.Preflight.Finding;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The end of the support of an image or a size: {@code batchSupportEndOfLife} of <a
 * href="https://learn.microsoft.com/rest/api/batchservice/account/list-supported-images">images</a> and <a
 * href="https://learn.microsoft.com/rest/api/batchmanagement/location/list-supported-virtual-machine-skus">sizes</a>. A pool
 * with one that is past is refused.
 */
final class SupportEnd {
    /** Time to move to another image or size before the end. */
    private static final Duration NOTICE = Duration.ofDays(90);

    private final Clock clock;

    SupportEnd(Clock clock) {
        this.clock = clock;
    }

    /** What is wrong with an end; empty when it is far away. */
    Optional<Finding> check(String subject, String name, Optional<Instant> end, String remedy) {
        Instant now = clock.instant();
        if (end.isEmpty() || end.get().isAfter(now.plus(NOTICE))) {
            return Optional.empty();
        }
        LocalDate day = end.get().atZone(ZoneOffset.UTC).toLocalDate();
        return Optional.of(
                end.get().isAfter(now)
                        ? Findings.warning(
                                subject,
                                name + ": the Batch service ends its support on " + day,
                                remedy + " before that")
                        : Findings.failed(subject, name + ": the Batch service ended its support on " + day, remedy));
    }
}
