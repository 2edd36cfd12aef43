package io.twinbatch.task;

import java.io.File;

/**
 * An output of the task.
 *
 * @param name its name in the output container
 * @param file where it is written on this node
 */
record Target(String name, File file) {}
