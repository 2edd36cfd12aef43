/**
 * The way to a URI: directly, or through the proxy that the environment or Java's properties name. Both backends use it, so
 * that this machine is never reached through a proxy, and everything else is when that is asked for.
 */
package io.twinbatch.api.proxy;
