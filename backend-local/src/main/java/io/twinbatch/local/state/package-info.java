/**
 * What the engine keeps on disk: its records, the embedded store they live in, and the lock that keeps a second engine
 * out of the same folder.
 */
package io.twinbatch.local.state;
