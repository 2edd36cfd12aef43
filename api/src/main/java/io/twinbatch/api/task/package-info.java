/**
 * What tasks of every kind share: command lines, resource files, output files, paths and files on a node, the cause of a
 * failure. A job's tasks, its preparation task and a pool's start task are described with these types.
 *
 * <p>Uses {@link io.twinbatch.api.error} and {@link io.twinbatch.api.storage} only, so that jobs and pools can both use it.
 */
package io.twinbatch.api.task;
