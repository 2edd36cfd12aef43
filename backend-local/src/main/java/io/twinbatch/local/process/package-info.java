/** Processes of this machine, as the system describes them. Uses nothing of this module. */
package io.twinbatch.local.process;
