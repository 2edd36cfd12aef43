package io.twinbatch.azure.client.model;

/** The node of a task's last try, and its folder there. */
public record TaskNodeInfo(
        String affinityId,
        String nodeUrl,
        String poolId,
        String nodeId,
        String taskRootDirectory,
        String taskRootDirectoryUrl) {}
