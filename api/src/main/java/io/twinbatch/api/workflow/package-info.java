/**
 * A run of a program over many files, on the three provider interfaces: create containers, upload, create a pool and a job,
 * submit tasks, watch them, download verified results, delete what was created.
 *
 * <p>Start with {@link io.twinbatch.api.workflow.Workflow}, the public entry, and {@link io.twinbatch.api.workflow.Run}, which
 * executes one plan. This package puts the steps in order; each group of steps has a package of its own, in the order in
 * which a run uses them: {@code plan}, {@code stage}, {@code watch}, {@code collect}, {@code resume}. All of them use
 * {@code model}. No step package uses this one.
 */
package io.twinbatch.api.workflow;
