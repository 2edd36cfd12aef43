/** Runs command lines in containers of the Docker engine of this machine. Knows nothing of pools, jobs or tasks. */
package io.twinbatch.local.container;
