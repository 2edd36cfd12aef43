/** A job larger than it has to be, in a process smaller than it could be. */
package io.twinbatch.it.load;
