/** Exit codes, and the errors that carry one. */
package io.twinbatch.app.exit;
