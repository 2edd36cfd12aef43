package io.twinbatch.azure.storage;

import java.time.Instant;

/**
 * What a SAS grants, as its signature covers it.
 *
 * @param resource the kind and name of what is signed for, for messages
 * @param kind the service's letter for the kind of resource
 * @param canonical the resource's name as signatures have it
 * @param permissions the rights, in the order that the service wants
 * @param expires when it ends, in whole seconds
 * @param protocol the protocols that it may be used with
 * @param version the version of the service's protocol
 */
record SasValues(
        String resource,
        String kind,
        String canonical,
        String permissions,
        Instant expires,
        String protocol,
        String version) {}
