package io.twinbatch.app.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What the build wrote down about itself.
 *
 * @param number the version, such as {@code 0.1.0}
 * @param build the time that the build put on its archives
 */
public record Version(String number, String build) {
    /** The version of this program. */
    public static Version current() {
        try (InputStream file = Version.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(file);
            return new Version(properties.getProperty("version"), properties.getProperty("build"));
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own version cannot be read", e);
        }
    }

    /** The operating system on which the program runs. */
    public static String system() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch");
    }

    /** For a person. */
    public String describe() {
        return "Twinbatch " + number + " (build " + build + ", Java " + Runtime.version() + ")";
    }
}
