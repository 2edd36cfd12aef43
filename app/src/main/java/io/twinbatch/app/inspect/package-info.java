/** Reads jobs, tasks and logs of a backend. Starts and changes nothing. */
package io.twinbatch.app.inspect;
