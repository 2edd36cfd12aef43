/** Containers of objects, files in and out of them, and signed URLs to them. */
package io.twinbatch.api.storage;
