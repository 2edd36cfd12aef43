/** The contract suites on the Azure backend: against a real account when one is named, visibly skipped otherwise. */
package io.twinbatch.it.azure;
