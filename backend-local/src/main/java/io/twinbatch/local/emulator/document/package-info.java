/**
 * The documents of the service's protocol: what they may hold, and what they mean to the engine. A document that comes in
 * is checked whole, also where the engine takes no notice of it, because a client that is wrong there would fail on the
 * service.
 */
package io.twinbatch.local.emulator.document;
