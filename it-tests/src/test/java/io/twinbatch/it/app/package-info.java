/** Runs of the packaged {@code app/app}, as a user starts it. */
package io.twinbatch.it.app;
