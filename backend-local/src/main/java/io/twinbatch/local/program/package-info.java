/** Programs of this machine: where they are, and running them for what they print. Uses Commons Exec, and nothing of this module. */
package io.twinbatch.local.program;
