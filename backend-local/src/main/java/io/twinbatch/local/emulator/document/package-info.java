/**
 * Schemas and the reading of request bodies. A body is checked whole, including properties that the engine does not use: a
 * client that is wrong there fails on the service.
 */
package io.twinbatch.local.emulator.document;
