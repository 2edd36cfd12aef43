/** Waiting with a deadline. The clock and the sleeper are injected, so that tests do not wait. */
package io.twinbatch.api.time;
