/**
 * What the portal shows, from the neutral readers: one snapshot that all open pages share, the listing of a job's tasks,
 * logs and objects by parts. The number of requests to the backend depends neither on the tasks nor on the open pages.
 */
package io.twinbatch.app.portal.model;
