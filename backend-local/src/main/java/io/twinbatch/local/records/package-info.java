/** The records of runs in the state folder, where no failure of the object store reaches them. */
package io.twinbatch.local.records;
