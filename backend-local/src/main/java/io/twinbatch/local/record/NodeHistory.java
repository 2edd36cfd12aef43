package io.twinbatch.local.record;

import java.time.Instant;
import java.util.Optional;

/**
 * What happened to a node when, and whether it is held back.
 *
 * @param allocated when it joined its pool
 * @param booted when it was last made ready from the beginning
 * @param schedulingDisabled whether it takes no tasks because somebody said so
 * @param restarting how it is to be made ready from the beginning, as soon as nothing runs on it; empty otherwise
 * @param creating whether its machine is still being made
 */
public record NodeHistory(
        Instant allocated, Instant booted, boolean schedulingDisabled, Optional<Restart> restarting, boolean creating) {
    /** Ways to begin anew. */
    public enum Restart {
        /** Its files stay. */
        REBOOT,
        /** Its files go. */
        REIMAGE
    }

    /** Of a node that has just joined. */
    public static NodeHistory begun(Instant now) {
        return new NodeHistory(now, now, false, Optional.empty(), false);
    }

    /** With a restart ordered. */
    public NodeHistory restarting(Restart how) {
        return new NodeHistory(allocated, booted, schedulingDisabled, Optional.of(how), creating);
    }

    /** After it was made ready from the beginning. */
    public NodeHistory booted(Instant now) {
        return new NodeHistory(allocated, now, schedulingDisabled, Optional.empty(), false);
    }

    /** After tasks were forbidden or allowed. */
    public NodeHistory schedulingDisabled(boolean disabled) {
        return new NodeHistory(allocated, booted, disabled, restarting, creating);
    }

    /** While its machine is being made. */
    public NodeHistory inCreation() {
        return new NodeHistory(allocated, booted, schedulingDisabled, restarting, true);
    }
}
