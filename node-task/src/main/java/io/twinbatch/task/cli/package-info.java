/**
 * The command line of the task program: {@link io.twinbatch.task.cli.NodeTask} is the entry. Reads arguments and
 * environment, counts, and stores the results.
 */
package io.twinbatch.task.cli;
