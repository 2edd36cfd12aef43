/** What runs of this machine note about themselves, for commands that come later: {@code wait}, {@code rerun}, {@code cancel}. */
package io.twinbatch.app.journal;
