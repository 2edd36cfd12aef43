package io.twinbatch.api.workflow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinbatch.api.error.BatchException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run writes on what it creates, and how it is read again. */
class RunTagsTest {
    private static final RunId RUN = new RunId("20261122-175901-k3f9");

    @Test
    void whatIsWrittenIsReadAgain() {
        RunTags tags = new RunTags(
                RUN, Optional.of(new RunOwner("ada@laptop")), Optional.of(Instant.parse("2026-11-22T19:19:01.5Z")));

        assertThat(tags.toMetadata())
                .isEqualTo(Map.of(
                        "twinbatch_run", "20261122-175901-k3f9",
                        "twinbatch_owner", "ada@laptop",
                        "twinbatch_lease", "2026-11-22T19:19:01Z"));
        assertThat(RunTags.of(tags.toMetadata())).contains(tags);
        RunTags bare = new RunTags(RUN, Optional.empty(), Optional.empty());
        assertThat(RunTags.of(bare.toMetadata())).contains(bare);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Not A Run", "x", "'; --"})
    void whatNoRunHasWrittenHasNoMarks(String run) {
        assertThat(RunTags.of(Map.of())).isEmpty();
        assertThat(RunTags.of(Map.of("twinbatch_run", run))).isEmpty();
    }

    @Test
    void aLeaseThatCannotBeReadIsNone() {
        Map<String, String> metadata =
                Map.of("twinbatch_run", RUN.value(), "twinbatch_lease", "tomorrow", "twinbatch_owner", "a b");

        assertThat(RunTags.of(metadata)).contains(new RunTags(RUN, Optional.empty(), Optional.empty()));
    }

    @Test
    void anOwnerIsPlainText() {
        assertThat(RunOwner.of("ada", "laptop").value()).isEqualTo("ada@laptop");
        assertThat(RunOwner.of("Bj\u00f6rn von A\n", "h\u00f4te").value()).isEqualTo("Bj_rn_von_A_@h_te");
        assertThat(RunOwner.of("x".repeat(500), "y".repeat(500)).value()).hasSize(127);
        assertThat(RunOwner.of("", "").value()).isEqualTo("@");
        assertThatThrownBy(() -> new RunOwner("")).isInstanceOf(BatchException.class);
        assertThatThrownBy(() -> new RunOwner("a\u00e4")).isInstanceOf(BatchException.class);
    }
}
