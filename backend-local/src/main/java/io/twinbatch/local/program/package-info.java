/** Programs of this machine that are run for what they print. Uses Commons Exec, and nothing of this module. */
package io.twinbatch.local.program;
