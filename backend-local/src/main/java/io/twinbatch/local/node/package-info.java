/**
 * Runs one piece of work on a node: its folder, its environment, its resource files, its process, its output files. Knows
 * nothing of pools, jobs or scheduling.
 */
package io.twinbatch.local.node;
