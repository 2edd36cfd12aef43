/** Reads a state folder without opening an engine on it, also while another process holds it. */
package io.twinbatch.local.inspect;
