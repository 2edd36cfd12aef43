package io.twinbatch.azure.client.model;

/**
 * An account that the service makes.
 *
 * @param scope {@code pool} or {@code task}
 * @param elevationLevel {@code admin} or {@code nonadmin}
 */
public record AutoUser(String scope, String elevationLevel) {}
