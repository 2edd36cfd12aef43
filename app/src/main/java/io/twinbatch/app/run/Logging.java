package io.twinbatch.app.run;

import java.util.Properties;

/**
 * How much the libraries and the backends log, on standard error. It has to be set before the first logger is made.
 * {@code simplelogger.properties} holds what never changes.
 */
public final class Logging {
    private static final String PREFIX = "org.slf4j.simpleLogger.";

    private Logging() {}

    /** Logs what happens inside the backends. */
    public static void beVerbose(Properties systemProperties) {
        systemProperties.setProperty(PREFIX + "defaultLogLevel", "info");
        systemProperties.setProperty(PREFIX + "log.io.twinbatch", "debug");
        systemProperties.setProperty(PREFIX + "log.com.azure", "warn");
        systemProperties.setProperty(PREFIX + "log.com.microsoft.aad.msal4j", "warn");
        systemProperties.setProperty(PREFIX + "log.org.testcontainers", "info");
        systemProperties.setProperty(PREFIX + "log.reactor", "warn");
    }
}
