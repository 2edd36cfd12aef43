/** Fault injection: which requests, tasks and nodes fail on purpose, and how. */
package io.twinbatch.local.faults;
