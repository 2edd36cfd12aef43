/** From what the user names to the list of files to process. */
package io.twinbatch.app.inputs;
