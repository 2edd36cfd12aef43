/**
 * The program that a task runs on a node: it reports the words that occur most often in a text. It uses the JDK alone,
 * knows no cloud and gets nothing but files on disk and a signed URL.
 */
package io.twinbatch.task;
