/** The object store's contract suite, run against each way to get an Azurite. */
package io.twinbatch.it.storage;
