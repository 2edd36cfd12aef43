/** Checks of this machine and of the accounts, each with a remedy. */
package io.twinbatch.app.doctor;
