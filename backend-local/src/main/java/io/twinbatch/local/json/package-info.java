/** What is wrong with a text that should be JSON, in words that do not repeat it. */
package io.twinbatch.local.json;
