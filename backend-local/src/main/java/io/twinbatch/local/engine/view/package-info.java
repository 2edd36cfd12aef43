/** The committed state, for readers on any thread: lists, counts, and files on nodes. */
package io.twinbatch.local.engine.view;
