package io.twinbatch.api.workflow.model;

import java.util.Set;

/** Which inputs the names of results in an output folder belong to. */
public interface NameOwners {
    /** No name belongs to any. */
    NameOwners NONE = new NameOwners() {
        @Override
        public Set<String> namesOf(InputFile input) {
            return Set.of();
        }

        @Override
        public boolean isOfAnother(InputFile input, String name) {
            return false;
        }
    };

    /** The names that results of an input have. */
    Set<String> namesOf(InputFile input);

    /** Whether a name belongs to other inputs alone. */
    boolean isOfAnother(InputFile input, String name);
}
