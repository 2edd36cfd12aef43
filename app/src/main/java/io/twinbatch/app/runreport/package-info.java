/**
 * The report of a run: a page and a JSON document beside the results. Uses {@code app.page} for what pages share, and
 * {@code app.report} for the run and its JSON document.
 */
package io.twinbatch.app.runreport;
