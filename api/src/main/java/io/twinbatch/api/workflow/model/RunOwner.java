package io.twinbatch.api.workflow.model;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;

/**
 * Who started a run. It stands in the metadata of everything that the run creates, so that people who share an account
 * know whose a pool is.
 *
 * @param value 1 to 128 characters of printable ASCII without blanks, such as {@code ada@laptop}
 */
public record RunOwner(String value) {
    private static final int MAX_LENGTH = 128;
    private static final int MAX_PART = 63;

    /** Throws {@link BatchException} with {@link ErrorCode#INVALID} when the value breaks the rule. */
    public RunOwner {
        if (value.isEmpty() || value.length() > MAX_LENGTH || !value.chars().allMatch(RunOwner::isPlain)) {
            throw new BatchException(
                    ErrorCode.INVALID,
                    "",
                    "the owner of a run is 1 to 128 characters of printable ASCII without blanks");
        }
    }

    /** A user at a machine; what metadata cannot hold becomes an underscore. */
    public static RunOwner of(String user, String host) {
        return new RunOwner(plain(user) + "@" + plain(host));
    }

    private static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints().limit(MAX_PART).map(c -> isPlain(c) ? c : '_').forEach(plain::appendCodePoint);
        return plain.toString();
    }

    private static boolean isPlain(int character) {
        return character > ' ' && character < 0x7F;
    }

    @Override
    public String toString() {
        return value;
    }
}
