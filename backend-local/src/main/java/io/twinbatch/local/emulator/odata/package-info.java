/** What the service's lists are asked with: {@code $filter}, {@code $select}, and pages. */
package io.twinbatch.local.emulator.odata;
