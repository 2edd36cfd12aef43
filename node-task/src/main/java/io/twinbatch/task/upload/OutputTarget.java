package io.twinbatch.task.upload;

import java.io.File;

/**
 * An output of the task.
 *
 * @param name its name in the output container
 * @param file where it is written on this node
 */
public record OutputTarget(String name, File file) {}
