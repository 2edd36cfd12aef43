/** The pages of the portal: each answers the requests of some addresses with a template below {@code src/main/jte/portal}. */
package io.twinbatch.app.portal.pages;
