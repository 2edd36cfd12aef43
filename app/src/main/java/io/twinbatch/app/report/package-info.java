/** What a person or a machine gets to read: steps, progress, results. */
package io.twinbatch.app.report;
