package io.twinbatch.task;

import java.io.IOException;
import java.io.OutputStream;

/** What an output file is to hold. */
public interface Content {
    void write(OutputStream out) throws IOException;
}
