/** How failures are reported: one exception, a short list of codes, and the provider's own words. */
package io.twinbatch.api.error;
