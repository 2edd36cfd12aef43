/** Finds or installs, starts, supervises and stops Azurite, the emulator of Azure Blob Storage. */
package io.twinbatch.local.azurite;
