/** The program that the README shows, and the test that runs it. */
package io.twinbatch.it.example;
