/** The API on Azure: its configuration, and the module that binds it. */
package io.twinbatch.azure;
