/** A typed client of the Azure Batch REST service. Only this module uses it. Of the API it uses errors and time. */
package io.twinbatch.azure.client;
