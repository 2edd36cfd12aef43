/** What runs have left behind: finding it by the marks in its metadata, choosing from it, deleting it. */
package io.twinbatch.api.cleanup;
