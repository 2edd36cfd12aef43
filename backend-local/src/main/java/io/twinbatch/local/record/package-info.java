/**
 * The records of pools, nodes, jobs, tasks and schedules as the engine keeps them. The names of their components are the
 * names on disk: a change must be able to read what is there. Uses the API's types
 * and those of application packages only.
 */
package io.twinbatch.local.record;
