/** Files of tasks and nodes in the protocol: lists, properties, ranges, deletion. */
package io.twinbatch.local.emulator.file;
