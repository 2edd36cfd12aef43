/**
 * A provider that keeps everything in memory and knows none of the others: a proof that the neutral interfaces can be
 * implemented from their documentation alone. It passes the same contract suites.
 */
package io.twinbatch.it.memory;
