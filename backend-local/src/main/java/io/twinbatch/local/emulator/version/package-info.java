/** What differs between versions of the protocol; everything behind it knows one shape, with all properties of all versions. */
package io.twinbatch.local.emulator.version;
