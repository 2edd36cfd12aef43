/**
 * The documents of the Azure Batch REST service, grouped by resource. Every property of a response may be null unless its
 * record says otherwise. Compare state names without regard to case.
 */
package io.twinbatch.azure.client.model;
