/** The Batch service's protocol as far as it does not depend on the operation: requests, replies, faults, signing in. */
package io.twinbatch.local.emulator.http;
