/**
 * Application packages: zip files of a folder that a pool or a task refers to, and that a node unpacks. Knows nothing of
 * pools, tasks or the protocol.
 */
package io.twinbatch.local.application;
