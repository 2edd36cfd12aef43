package io.twinbatch.azure.client.model;

import java.util.List;

/** What each node runs as it joins its pool. A null part is left to the service's default. */
public record BatchStartTask(
        String commandLine,
        List<BatchResourceFile> resourceFiles,
        List<NameValue> environmentSettings,
        UserIdentity userIdentity,
        Integer maxTaskRetryCount,
        Boolean waitForSuccess) {}
