/** Job schedules in the protocol: documents and operations. */
package io.twinbatch.local.emulator.schedule;
