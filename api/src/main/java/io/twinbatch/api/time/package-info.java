/** Waiting with a limit, on a clock that tests can replace. */
package io.twinbatch.api.time;
