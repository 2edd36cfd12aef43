/**
 * The options of the commands, as picocli fills them in from the command line, the environment and the configuration file,
 * and the help pages made of them. Knows no command.
 */
package io.twinbatch.app.option;
