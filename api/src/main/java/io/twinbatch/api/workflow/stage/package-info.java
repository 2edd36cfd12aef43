/**
 * Brings a plan to the provider: creates containers, uploads files, creates the pool and the job, submits tasks. Records
 * what was created.
 */
package io.twinbatch.api.workflow.stage;
