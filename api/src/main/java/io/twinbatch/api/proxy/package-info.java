/** The choice between a direct connection and a proxy, for each URI. A URI of this machine is never proxied. */
package io.twinbatch.api.proxy;
