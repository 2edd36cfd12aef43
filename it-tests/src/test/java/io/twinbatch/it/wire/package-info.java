/**
 * What goes over the wire to the Batch service: a server that records it, and the comparison of this project's client
 * with an official one.
 */
package io.twinbatch.it.wire;
