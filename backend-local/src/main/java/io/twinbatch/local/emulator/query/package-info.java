/** The query options of lists: {@code $filter}, {@code $select}, {@code $expand}, and pages. */
package io.twinbatch.local.emulator.query;
