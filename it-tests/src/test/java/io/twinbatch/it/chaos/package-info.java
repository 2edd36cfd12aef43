/** An engine that is killed again and again in the middle of its work, and what has to be true all the same. */
package io.twinbatch.it.chaos;
