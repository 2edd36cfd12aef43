/** The commands: each takes its options from {@link io.twinbatch.app.option} and executes. */
package io.twinbatch.app.cli;
