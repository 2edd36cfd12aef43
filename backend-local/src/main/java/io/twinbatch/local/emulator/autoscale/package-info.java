/**
 * The language of autoscale formulas: what a pool's owner writes to say how many nodes the pool should have.
 *
 * @see <a href="https://learn.microsoft.com/azure/batch/batch-automatic-scaling">the service's description</a>
 */
package io.twinbatch.local.emulator.autoscale;
