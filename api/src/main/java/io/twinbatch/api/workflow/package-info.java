/**
 * The reference workflow over the three interfaces: stage files, get a pool, run a program once per input or group of
 * inputs, watch, download verified outputs, clean up.
 *
 * <p>A {@link io.twinbatch.api.workflow.RunPlanner} turns a {@link io.twinbatch.api.workflow.RunRequest} into a
 * {@link io.twinbatch.api.workflow.RunPlan} without touching any provider; a
 * {@link io.twinbatch.api.workflow.Workflow} carries the plan out and tells a
 * {@link io.twinbatch.api.workflow.RunListener} how far it has come. What the tasks do is the matter of a
 * {@link io.twinbatch.api.workflow.TaskProgram}; where they run is the matter of whoever implements the interfaces.
 */
package io.twinbatch.api.workflow;
