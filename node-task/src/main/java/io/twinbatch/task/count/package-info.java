/** Counts words in a stream of bytes and formats the result file. */
package io.twinbatch.task.count;
