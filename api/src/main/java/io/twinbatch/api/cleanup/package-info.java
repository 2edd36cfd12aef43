/**
 * What earlier runs left behind: finds resources by the tags of their run, selects those that nobody uses, and deletes
 * them.
 */
package io.twinbatch.api.cleanup;
