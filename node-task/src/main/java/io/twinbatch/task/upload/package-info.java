/** Stores files in a container through a signed URL, with retries, and the manifest of outputs last. */
package io.twinbatch.task.upload;
