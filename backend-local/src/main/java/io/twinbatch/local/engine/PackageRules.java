package io.twinbatch.local.engine;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.local.application.ApplicationPackages;
import io.twinbatch.local.application.PackageReference;
import io.twinbatch.local.engine.model.EngineErrors;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is asked for of application packages has to be there. */
final class PackageRules {
    private PackageRules() {}

    /** Why something cannot have the packages that it asks for. */
    static Optional<BatchException> problem(String what, List<PackageReference> asked, ApplicationPackages packages) {
        List<PackageReference> unknown = packages.unknown(asked);
        if (unknown.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(EngineErrors.conflict(
                "InvalidApplicationPackageReferences",
                what,
                "there is no application package "
                        + unknown.stream().map(PackageReference::toString).collect(Collectors.joining(", "))
                        + ", or the application has no default version"));
    }
}
