/** The commands and their options. */
package io.twinbatch.app.cli;
