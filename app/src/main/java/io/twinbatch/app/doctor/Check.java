package io.twinbatch.app.doctor;

import java.util.Locale;
import java.util.Objects;

/**
 * The finding of one check.
 *
 * @param name what was checked
 * @param level how good it is
 * @param finding what was found
 * @param advice what to do; empty when there is nothing to do
 */
public record Check(String name, Level level, String finding, String advice) {
    /** The name of the check of options that are not on the command line. */
    public static final String OPTIONS = "Options";

    /** How good a finding is. */
    public enum Level {
        /** Good. */
        OK,
        /** The backend can run, but something is worth knowing. */
        WARN,
        /** The backend cannot run. */
        FAIL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Check {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(finding, "finding");
        Objects.requireNonNull(advice, "advice");
    }

    /** An option of some command has a wrong value in the environment or the configuration file. */
    public static Check options(String problem) {
        return fail(OPTIONS, problem, "correct it, or remove it there");
    }

    static Check ok(String name, String finding) {
        return new Check(name, Level.OK, finding, "");
    }

    static Check warn(String name, String finding, String advice) {
        return new Check(name, Level.WARN, finding, advice);
    }

    static Check fail(String name, String finding, String advice) {
        return new Check(name, Level.FAIL, finding, advice);
    }
}
