/**
 * Opens the chosen backend and runs the workflow on it. {@link io.twinbatch.app.run.Backends} is the one place that chooses
 * a backend.
 */
package io.twinbatch.app.run;
