/**
 * The records of runs, in files beside the object store. A record is on disk before work that depends on it starts, so that
 * a run can be resumed when the object store loses what it has acknowledged.
 */
package io.twinbatch.local.runs;
