package io.twinbatch.local.program;

import java.io.IOException;
import java.io.InputStream;

/**
 * Files that this program brings along, in the package of a class.
 *
 * @param beside the class
 */
public record ProgramResources(Class<?> beside) {
    /**
     * The content of one.
     *
     * @throws IOException when it is missing
     */
    public byte[] read(String name) throws IOException {
        try (InputStream resource = beside.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IOException("the program is incomplete: its resource " + name + " is missing");
            }
            return resource.readAllBytes();
        }
    }
}
