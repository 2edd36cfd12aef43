/** The numbers of a backend for monitoring systems, in the OpenMetrics text format. */
package io.twinbatch.app.portal.metrics;
