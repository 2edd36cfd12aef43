/** What is printed: steps, progress, tables, JSON. */
package io.twinbatch.app.report;
