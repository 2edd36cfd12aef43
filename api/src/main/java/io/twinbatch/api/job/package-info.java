/** Jobs and their tasks: what is asked for, how far it has come, and what the tasks left behind. */
package io.twinbatch.api.job;
