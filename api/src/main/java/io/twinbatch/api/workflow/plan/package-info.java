/**
 * Turns a {@link io.twinbatch.api.workflow.model.RunRequest} into a {@link io.twinbatch.api.workflow.model.RunPlan}: names,
 * groups of inputs, and checks of the request on this machine. Nothing remote is called.
 */
package io.twinbatch.api.workflow.plan;
