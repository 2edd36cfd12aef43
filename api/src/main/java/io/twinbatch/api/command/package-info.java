/** A command of the user's own as the program of a run. Nodes need a POSIX shell and coreutils for it, and no Java. */
package io.twinbatch.api.command;
