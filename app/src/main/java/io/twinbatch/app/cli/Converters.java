package io.twinbatch.app.cli;

import io.twinbatch.api.Identifiers;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.workflow.InputGrouping;
import io.twinbatch.app.config.Durations;
import io.twinbatch.app.run.AzuriteChoice;
import io.twinbatch.app.run.Backend;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the values of options are read; what is wrong with a value is said in a few words. */
final class Converters {
    private Converters() {}

    /** The name of a backend. */
    static final class ToBackend implements ITypeConverter<Backend> {
        @Override
        public Backend convert(String text) {
            for (Backend backend : Backend.values()) {
                if (backend.toString().equalsIgnoreCase(text.strip())) {
                    return backend;
                }
            }
            throw new TypeConversionException("local or azure, not '" + text + "'");
        }
    }

    /** A length of time. */
    static final class ToDuration implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                return Durations.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** A number of files, or {@code auto}. */
    static final class ToGrouping implements ITypeConverter<InputGrouping> {
        @Override
        public InputGrouping convert(String text) {
            if (text.strip().equalsIgnoreCase("auto")) {
                return new InputGrouping.Auto();
            }
            try {
                return new InputGrouping.Fixed(new WholeNumber.Positive().convert(text));
            } catch (TypeConversionException e) {
                throw new TypeConversionException("auto, or " + e.getMessage());
            }
        }
    }

    /** The identifier of a pool or a job. */
    static final class ToIdentifier implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            try {
                return Identifiers.requireLegal("resource", text);
            } catch (BatchException e) {
                throw new TypeConversionException(
                        "1 to 64 letters, digits, dashes and underscores, not '" + text + "'");
            }
        }
    }

    /** Where Azurite comes from. */
    static final class ToAzurite implements ITypeConverter<AzuriteChoice> {
        @Override
        public AzuriteChoice convert(String text) {
            try {
                return AzuriteChoice.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** A path that is not empty. */
    static final class ToPath implements ITypeConverter<Path> {
        @Override
        public Path convert(String text) {
            if (text.isBlank()) {
                throw new TypeConversionException("the path is empty");
            }
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw new TypeConversionException("the path cannot be represented in the character set of this locale;"
                        + " set LC_ALL=C.UTF-8, or another UTF-8 locale");
            }
        }
    }
}
