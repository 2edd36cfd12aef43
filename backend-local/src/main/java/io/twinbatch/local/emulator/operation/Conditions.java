package io.twinbatch.local.emulator.operation;

import io.twinbatch.local.emulator.http.Request;
import io.twinbatch.local.emulator.http.ServiceFault;
import io.twinbatch.local.engine.model.Precondition;
import io.twinbatch.local.record.ETags;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;

/** The conditions in a request's headers. */
public final class Conditions {
    private final Optional<String> match;
    private final Optional<String> noneMatch;
    private final Optional<Instant> modifiedSince;
    private final Optional<Instant> unmodifiedSince;

    private Conditions(Request request) {
        match = request.header("if-match");
        noneMatch = request.header("if-none-match");
        modifiedSince = time(request, "if-modified-since");
        unmodifiedSince = time(request, "if-unmodified-since");
    }

    public static Conditions of(Request request) {
        return new Conditions(request);
    }

    private static Optional<Instant> time(Request request, String header) {
        return request.header(header).map(text -> {
            try {
                return ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
            } catch (DateTimeParseException e) {
                throw ServiceFault.invalidHeader(header, text);
            }
        });
    }

    /**
     * Whether a reader has the present version already.
     *
     * @throws ServiceFault 412 when it is not the version that the reader asks for
     */
    public boolean isKnown(Instant lastModified) {
        require(lastModified);
        boolean sameTag = noneMatch.isPresent() && matches(noneMatch.get(), lastModified);
        boolean sameTime = noneMatch.isEmpty()
                && modifiedSince.isPresent()
                && !seconds(lastModified).isAfter(modifiedSince.get());
        return sameTag || sameTime;
    }

    /**
     * What an order expects, given the present version.
     *
     * @throws ServiceFault 412 when it expects another one
     */
    public Precondition expected(Instant lastModified) {
        require(lastModified);
        boolean sameTag = noneMatch.isPresent() && matches(noneMatch.get(), lastModified);
        boolean older = modifiedSince.isPresent() && !seconds(lastModified).isAfter(modifiedSince.get());
        if (sameTag || older) {
            throw ServiceFaults.conditionNotMet();
        }
        return isAny() ? Precondition.ANY : Precondition.since(lastModified);
    }

    /** Whether there are none. */
    public boolean isAny() {
        return match.isEmpty() && noneMatch.isEmpty() && modifiedSince.isEmpty() && unmodifiedSince.isEmpty();
    }

    private void require(Instant lastModified) {
        if (match.isPresent() && !matches(match.get(), lastModified)) {
            throw ServiceFaults.conditionNotMet();
        }
        if (unmodifiedSince.isPresent() && seconds(lastModified).isAfter(unmodifiedSince.get())) {
            throw ServiceFaults.conditionNotMet();
        }
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private static boolean matches(String header, Instant lastModified) {
        String present = ETags.of(lastModified);
        return Arrays.stream(header.split(","))
                .map(String::strip)
                .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                .map(tag -> tag.replace("\"", ""))
                .anyMatch(tag -> tag.equals("*") || tag.equalsIgnoreCase(present));
    }
}
