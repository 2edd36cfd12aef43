/** What the clients of all services share: how a call that got no answer is reported. */
package io.twinbatch.azure.connection;
