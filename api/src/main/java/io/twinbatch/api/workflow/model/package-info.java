/**
 * The values of a run: request, plan, events, result, tags. Nothing here does remote work, and every other package of the
 * workflow uses it.
 */
package io.twinbatch.api.workflow.model;
