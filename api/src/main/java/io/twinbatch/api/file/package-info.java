/** Checks of files and folders of this machine, made before anything is created at a provider. */
package io.twinbatch.api.file;
