/** How failures are reported: one exception with a short list of codes and the error of the provider. */
package io.twinbatch.api.error;
