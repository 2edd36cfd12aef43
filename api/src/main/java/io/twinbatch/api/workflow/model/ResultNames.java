package io.twinbatch.api.workflow.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Names the results of inputs in the output folder. An input keeps the name that its result has there already, and never gets
 * that of another input's, whatever else is processed together with it.
 *
 * @param keepTree whether a result lies in the folders that the path of its input has
 * @param owners whose the names in the output folder are
 */
public record ResultNames(boolean keepTree, NameOwners owners) {
    /** All results in one folder, in which there are none yet. */
    public static final ResultNames NEW_FOLDER = new ResultNames(false, NameOwners.NONE);

    public ResultNames {
        Objects.requireNonNull(owners, "owners");
    }

    /**
     * Names the results of some inputs.
     *
     * @param natural the name of an input's result when nothing else has that name
     * @param reserved names that no input gets
     * @return the names in the order of the inputs, with slashes for folders
     */
    List<String> of(List<InputFile> inputs, Function<InputFile, FileName> natural, Collection<String> reserved) {
        Map<String, List<FileName>> byFolder = new HashMap<>();
        for (InputFile input : inputs) {
            byFolder.computeIfAbsent(folder(input), key -> new ArrayList<>()).add(natural.apply(input));
        }
        Map<String, UniqueNames> unique = new HashMap<>();
        byFolder.forEach(
                (folder, names) -> unique.put(folder, new UniqueNames(names, folder.isEmpty() ? reserved : List.of())));
        String[] names = new String[inputs.size()];
        for (int i = 0; i < names.length; i++) {
            InputFile input = inputs.get(i);
            String folder = folder(input);
            names[i] = owners.namesOf(input).stream()
                    .filter(name -> name.startsWith(folder)
                            && natural.apply(input).isNumbered(name.substring(folder.length()))
                            && unique.get(folder).takeAsItIs(name.substring(folder.length())))
                    .findFirst()
                    .orElse(null);
        }
        for (int i = 0; i < names.length; i++) {
            InputFile input = inputs.get(i);
            String folder = folder(input);
            if (names[i] == null) {
                names[i] = folder
                        + unique.get(folder)
                                .take(natural.apply(input), name -> owners.isOfAnother(input, folder + name));
            }
        }
        return Arrays.asList(names);
    }

    private String folder(InputFile input) {
        return keepTree ? input.folders() : "";
    }
}
