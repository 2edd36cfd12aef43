package io.twinbatch.azure.client.model;

/** Under whose name a task runs: a named account of the pool, or one that the service makes. */
public record UserIdentity(String username, AutoUser autoUser) {}
