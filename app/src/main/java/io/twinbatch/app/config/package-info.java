/** Where options come from: the command line, the environment, a file; and the folders of the user. */
package io.twinbatch.app.config;
