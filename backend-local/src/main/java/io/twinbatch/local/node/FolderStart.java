package io.twinbatch.local.node;

import io.twinbatch.api.task.ResourceFile;
import java.util.List;

/** How a piece of work finds its folder. */
public sealed interface FolderStart {
    /** Empty but for the working folder and its files. */
    FolderStart EMPTY = new Anew(List.of(), List.of());

    /**
     * Made anew.
     *
     * @param files files that are fetched into the folder itself, above the working folder
     * @param containers whole containers that are fetched there
     */
    record Anew(List<ResourceFile> files, List<ContainerFiles> containers) implements FolderStart {
        public Anew {
            files = List.copyOf(files);
            containers = List.copyOf(containers);
        }
    }

    /** As the work before it has left it. */
    record Kept() implements FolderStart {}
}
