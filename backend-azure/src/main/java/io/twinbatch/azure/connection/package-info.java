/** The HTTP client that all Azure services share, and the mapping of connection and sign-in failures to errors. */
package io.twinbatch.azure.connection;
