package io.twinbatch.local.application;

import io.twinbatch.api.error.QuotedValue;
import java.util.Optional;

/**
 * An application package that something asks for.
 *
 * @param application the id of the application
 * @param version the version; empty for the default version
 */
public record PackageReference(String application, Optional<String> version) {
    /** Names it in a sentence. */
    @Override
    public String toString() {
        return QuotedValue.of(application)
                + version.map(QuotedValue::of).map(name -> " version " + name).orElse("");
    }
}
