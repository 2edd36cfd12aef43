/** The live page of a backend: its pools, nodes, jobs, tasks and objects, in a browser. */
package io.twinbatch.app.portal;
