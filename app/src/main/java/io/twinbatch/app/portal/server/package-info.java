/** The HTTP server of the portal: addresses, who may ask, and the headers of every answer. Knows no page. */
package io.twinbatch.app.portal.server;
