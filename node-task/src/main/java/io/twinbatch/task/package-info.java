/**
 * The program that a task runs on a node: counts the words of texts and stores the most frequent ones. It uses the JDK alone
 * and gets files on disk and a signed URL. This package has what its parts share.
 */
package io.twinbatch.task;
