package io.twinbatch.azure.client.model;

import java.util.List;

/** The task that is asked for. A null part is left to the service's default. */
public record TaskAdd(
        String id,
        String displayName,
        String commandLine,
        List<BatchResourceFile> resourceFiles,
        List<BatchOutputFile> outputFiles,
        List<NameValue> environmentSettings,
        TaskConstraints constraints,
        Integer requiredSlots,
        UserIdentity userIdentity,
        TaskDependencies dependsOn) {}
