/** The contract suites of pools and jobs, run against the local backend. */
package io.twinbatch.it.local;
