/**
 * Downloads results, verifies them against the manifests of the tasks, and records what each result was made from.
 */
package io.twinbatch.api.workflow.collect;
