/** Running the workflow on the chosen backend. */
package io.twinbatch.app.run;
