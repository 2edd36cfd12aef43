package io.twinbatch.azure.client.model;

/** Numbers of nodes by state; a state that the service's version does not know is 0. */
public record NodeCounts(
        int creating,
        int idle,
        int offline,
        int preempted,
        int rebooting,
        int reimaging,
        int running,
        int starting,
        int startTaskFailed,
        int leavingPool,
        int unknown,
        int unusable,
        int waitingForStartTask,
        int deallocated,
        int deallocating,
        int upgradingOS,
        int total) {}
