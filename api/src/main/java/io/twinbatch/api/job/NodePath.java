package io.twinbatch.api.job;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;

/** The rule for paths on a node that may not leave the folder they are relative to. */
public final class NodePath {
    private NodePath() {}

    /**
     * Returns the path when it is relative, has slashes between its parts, and none of them is empty, {@code .} or
     * {@code ..}; a NUL character is refused too.
     *
     * @param what what the path is for, for the message
     * @throws BatchException {@code INVALID} when the path breaks the rule
     */
    public static String requireInside(String what, String path) {
        boolean legal = !path.isEmpty() && path.indexOf('\0') < 0;
        for (String part : path.split("/", -1)) {
            legal &= !part.isEmpty() && !part.equals(".") && !part.equals("..");
        }
        if (!legal) {
            throw new BatchException(
                    ErrorCode.INVALID,
                    what + " " + path.replace('\0', '\uFFFD'),
                    "the path has to be relative and stay in its folder: no '..', no leading or double slash");
        }
        return path;
    }
}
