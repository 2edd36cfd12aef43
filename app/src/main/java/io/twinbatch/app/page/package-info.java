/**
 * What every page of the app shares: templates, the stylesheet, text from outside as a page shows it, and charts drawn as
 * SVG. Uses {@code app.report} for numbers and safe text.
 */
package io.twinbatch.app.page;
