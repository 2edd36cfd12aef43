/** JSON text from outside: why it cannot be read, without quoting it. */
package io.twinbatch.local.json;
