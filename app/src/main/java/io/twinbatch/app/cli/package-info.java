/** The commands and their options, read with picocli. */
package io.twinbatch.app.cli;
