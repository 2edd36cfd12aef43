package io.twinbatch.local;

import java.util.List;

/**
 * Keeps libraries underneath from logging at INFO that they start and stop, in a program that has not configured
 * slf4j-simple. Their only setting is the level of their loggers, which slf4j-simple reads when it makes them. At DEBUG
 * they would write whole requests, with what signs them.
 */
final class LibraryLogs {
    private static final String PREFIX = "org.slf4j.simpleLogger.log.";
    private static final String CONFIGURATION = "simplelogger.properties";
    private static final List<String> LOGGERS =
            List.of("org.eclipse.jetty", "org.testcontainers", "tc", "com.github.dockerjava");

    private LibraryLogs() {}

    /** Has to come before the first use of the libraries. What the program has set itself stays. */
    static void onlyWarnings() {
        if (ClassLoader.getSystemResource(CONFIGURATION) == null) {
            LOGGERS.forEach(name -> System.getProperties().putIfAbsent(PREFIX + name, "warn"));
        }
    }
}
