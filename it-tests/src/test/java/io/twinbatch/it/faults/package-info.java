/** The Azure backend in front of a service that fails in every way that networks and services fail. */
package io.twinbatch.it.faults;
