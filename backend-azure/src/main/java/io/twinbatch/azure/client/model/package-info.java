/**
 * The documents of the Azure Batch REST service, property by property, with nothing of the neutral API in them. Every
 * part of an answer may be missing and is null then, unless its record says otherwise; texts that stand for states are
 * compared without regard to case.
 */
package io.twinbatch.azure.client.model;
