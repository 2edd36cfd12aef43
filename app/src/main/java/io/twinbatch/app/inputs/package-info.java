/** Resolves files, folders and patterns of the command line to the list of input files. */
package io.twinbatch.app.inputs;
