package io.twinbatch.azure.client.model;

import java.util.List;

/** What a node runs before its first task of a job. A null part is left to the service's default. */
public record BatchJobPreparationTask(
        String id,
        String commandLine,
        List<BatchResourceFile> resourceFiles,
        List<NameValue> environmentSettings,
        TaskConstraints constraints,
        Boolean waitForSuccess,
        UserIdentity userIdentity,
        Boolean rerunOnNodeRebootAfterSuccess) {}
