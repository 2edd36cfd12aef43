/**
 * A typed client of the Azure Batch REST service. Nothing outside this module uses it, and nothing in it knows the
 * neutral API but its errors and its notion of time.
 */
package io.twinbatch.azure.client;
