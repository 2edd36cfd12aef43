/** Azurite, the emulator of Azure Blob Storage, under management: found or installed, started, watched, stopped. */
package io.twinbatch.local.azurite;
