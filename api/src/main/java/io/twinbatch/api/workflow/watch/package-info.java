/**
 * Observes a job and its pool until the tasks have ended: progress, failed tasks, nodes that cannot run tasks, and a
 * provider that does not answer.
 */
package io.twinbatch.api.workflow.watch;
