/** The batch API on this machine: one module to bind, one backend to close. */
package io.twinbatch.local;
