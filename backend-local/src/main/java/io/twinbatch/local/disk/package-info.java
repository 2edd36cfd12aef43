/** What the JDK leaves to its users about files: rights for one user alone, and how to tell that a disk is full. */
package io.twinbatch.local.disk;
