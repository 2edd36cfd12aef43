/** The emulator for tests in Java: started with a test class, on a free port, with a state that goes when it ends. */
package io.twinbatch.local.testing;
