/**
 * Checks of a plan against the limits of an account, before anything is created.
 *
 * <p>{@link io.twinbatch.api.preflight.Preflight} is optional for a provider: one without limits binds none.
 */
package io.twinbatch.api.preflight;
