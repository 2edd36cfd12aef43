package io.twinbatch.azure.client.model;

/** What a pool's nodes are made of. */
public record VirtualMachineConfiguration(ImageReference imageReference, String nodeAgentSKUId) {}
