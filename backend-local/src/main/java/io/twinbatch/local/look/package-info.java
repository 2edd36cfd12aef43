/** Looking at a state folder without working on it. */
package io.twinbatch.local.look;
