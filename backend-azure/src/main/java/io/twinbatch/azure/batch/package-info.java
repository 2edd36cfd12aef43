/** The neutral API's pools and jobs on the Azure Batch service. */
package io.twinbatch.azure.batch;
