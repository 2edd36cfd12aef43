package io.twinbatch.api.error;

/**
 * What went wrong, in the few kinds that a caller would treat differently. Callers branch on the code and never on a
 * message.
 */
public enum ErrorCode {
    /** The named resource does not exist. Asking again does not help until somebody creates it. */
    NOT_FOUND,
    /** A resource of that name exists, and the call would have made a second one. */
    ALREADY_EXISTS,
    /** The request itself is wrong: a bad name, a value out of range, a path that leaves its folder. */
    INVALID,
    /** The provider does not accept the credentials. */
    UNAUTHENTICATED,
    /** The credentials are good, the right is missing; also an expired or narrower signed URL. */
    FORBIDDEN,
    /** Too many requests, after the provider's own retries were used up. */
    THROTTLED,
    /** A limit of the account or of the machine (cores, pools, jobs, disk) would be exceeded. */
    QUOTA,
    /** The provider cannot be reached or is failing; a later try may succeed. */
    UNAVAILABLE,
    /** A time limit set by the caller was reached. */
    TIMEOUT,
    /** The resource is in a state that does not allow the operation, such as adding a task to a finished job. */
    CONFLICT,
    /** None of the above is known to be true. */
    UNKNOWN;

    /** Whether the same call may succeed when it is made again later. */
    public boolean isTransient() {
        return switch (this) {
            case THROTTLED, UNAVAILABLE, TIMEOUT, UNKNOWN -> true;
            case NOT_FOUND, ALREADY_EXISTS, INVALID, UNAUTHENTICATED, FORBIDDEN, QUOTA, CONFLICT -> false;
        };
    }
}
