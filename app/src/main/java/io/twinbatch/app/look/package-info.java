/** Looking at what is at a backend, without starting or changing anything there. */
package io.twinbatch.app.look;
