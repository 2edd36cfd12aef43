/** Continues a run whose client ended: stores and reads the run record, and finds out which steps remain. */
package io.twinbatch.api.workflow.resume;
