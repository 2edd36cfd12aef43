/** Checks of the machine, each with what to do about it. */
package io.twinbatch.app.doctor;
