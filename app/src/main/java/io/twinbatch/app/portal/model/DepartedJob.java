package io.twinbatch.app.portal.model;

import java.time.Instant;

/**
 * A job that was there when somebody looked, and is there no more.
 *
 * @param last what was last seen of it
 * @param gone when it was first missed
 */
public record DepartedJob(PortalJob last, Instant gone) {}
