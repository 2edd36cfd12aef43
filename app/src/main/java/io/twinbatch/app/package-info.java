/** The command line, and the one place that chooses a backend. */
package io.twinbatch.app;
