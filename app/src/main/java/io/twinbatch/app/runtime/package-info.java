/** Makes the Java runtime that the program brings along to the nodes of a remote backend. */
package io.twinbatch.app.runtime;
