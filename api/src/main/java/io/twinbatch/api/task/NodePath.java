package io.twinbatch.api.task;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.QuotedValue;
import java.util.List;

/** The rules for paths on a node that may not leave the folder they are relative to. */
public final class NodePath {
    private static final String PARENT = "..";

    private NodePath() {}

    /**
     * Returns the path when it is relative, has slashes between its parts, and none of them is empty, {@code .} or
     * {@code ..}; control characters are refused too, NUL and line ends among them.
     *
     * @param what what the path is for, for the message
     * @throws BatchException {@code INVALID} when the path breaks the rule
     */
    public static String requireInside(String what, String path) {
        boolean legal = !path.isEmpty() && !hasControl(path);
        for (String part : path.split("/", -1)) {
            legal &= !part.isEmpty() && !part.equals(".") && !part.equals(PARENT);
        }
        if (!legal) {
            throw invalid(
                    what,
                    path,
                    "the path has to be relative and stay in its folder: no '..', no leading or double slash,"
                            + " no control character");
        }
        return path;
    }

    /**
     * Returns the pattern of output files when nothing that it can match lies outside the task's folder: it is relative
     * to the working folder, and one {@code ../} at its beginning leads to the task's folder above that.
     *
     * @param what what the pattern is for, for the message
     * @throws BatchException {@code INVALID} when the pattern leaves the task's folder
     */
    public static String requirePatternInside(String what, String pattern) {
        String below = pattern.startsWith("../") ? pattern.substring("../".length()) : pattern;
        boolean leaves = below.startsWith("/") || List.of(below.split("/", -1)).contains(PARENT);
        if (below.isEmpty() || leaves || hasControl(pattern)) {
            throw invalid(
                    what,
                    pattern,
                    "the pattern leaves the task's folder: it has to be relative, without '..' but for one at its"
                            + " beginning, and without control characters");
        }
        return pattern;
    }

    /**
     * Returns the pattern of output files when it is one: absolute, or relative to the working folder with one {@code ../}
     * at most, at its beginning. Variables in it are the node's to expand.
     *
     * @param what what the pattern is for, for the message
     * @throws BatchException {@code INVALID} when it is empty, or has another part {@code ..} or a control character
     */
    static String requirePattern(String what, String pattern) {
        if (!pattern.startsWith("/")) {
            return requirePatternInside(what, pattern);
        }
        boolean names = pattern.chars().anyMatch(character -> character != '/');
        if (!names || List.of(pattern.split("/", -1)).contains(PARENT) || hasControl(pattern)) {
            throw invalid(
                    what, pattern, "an absolute pattern names files, without '..' and without control characters");
        }
        return pattern;
    }

    /**
     * Returns the name of an object, or the beginning of names, when no client and no store can take it for a place
     * outside its container.
     *
     * @throws BatchException {@code INVALID} for a part that is {@code .} or {@code ..}, and for a control character
     */
    static String requireObjectName(String what, String name) {
        List<String> parts = List.of(name.split("/", -1));
        if (hasControl(name) || parts.contains(".") || parts.contains(PARENT)) {
            throw invalid(what, name, "an object's name has no part '.' or '..' and no control character");
        }
        return name;
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    private static BatchException invalid(String what, String path, String message) {
        return new BatchException(ErrorCode.INVALID, what + " " + QuotedValue.of(path), message);
    }
}
