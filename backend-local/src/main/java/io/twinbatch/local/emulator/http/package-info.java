/**
 * The parts of the protocol that do not depend on the operation: requests, replies, errors, limits, authentication.
 */
package io.twinbatch.local.emulator.http;
