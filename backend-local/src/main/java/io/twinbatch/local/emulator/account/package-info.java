/** The account in the protocol: supported images and node counts. */
package io.twinbatch.local.emulator.account;
