/** Private files and folders, and the detection of a full disk. */
package io.twinbatch.local.disk;
