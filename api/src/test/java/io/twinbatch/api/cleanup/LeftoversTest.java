package io.twinbatch.api.cleanup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.PoolState;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.workflow.MemoryObjectStore;
import io.twinbatch.api.workflow.ScriptedComputePool;
import io.twinbatch.api.workflow.ScriptedJobQueue;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.api.workflow.model.RunOwner;
import io.twinbatch.api.workflow.model.RunResult.Resource;
import io.twinbatch.api.workflow.model.RunTags;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeftoversTest {
    private static final Instant NOW = Instant.parse("2026-11-22T18:00:00Z");
    private static final RunOwner ADA = new RunOwner("ada@laptop");
    private static final RunOwner BOB = new RunOwner("bob@desk");
    private static final PoolId POOL = new PoolId("p");
    private static final JobId JOB = new JobId("j");

    private final MemoryObjectStore store = new MemoryObjectStore();
    private final ScriptedComputePool pools = new ScriptedComputePool();
    private final ScriptedJobQueue queue = new ScriptedJobQueue(task -> new TaskStatus.Queued());
    private final Leftovers leftovers = new Leftovers(store, pools, queue);

    private static Map<String, String> tags(String run, RunOwner owner, Optional<Instant> lease) {
        return new RunTags(new RunId(run), Optional.of(owner), lease).toMetadata();
    }

    /** A run's pool of two nodes, job and container. */
    private void run(String id, RunOwner owner, Optional<Instant> lease) {
        RunId run = new RunId(id);
        Map<String, String> metadata = tags(id, owner, lease);
        pools.add(PoolSpec.of(run.pool(), 2).withMetadata(metadata));
        queue.add(JobSpec.of(run.job(), run.pool()).withMetadata(metadata));
        store.createContainer(run.container("input"), metadata);
    }

    private List<String> chosen(Selection selection) {
        return leftovers.find().stream()
                .filter(leftover -> selection.contains(leftover, NOW))
                .map(Leftover::id)
                .toList();
    }

    @Test
    void whatRunsHaveCreatedIsFoundInTheOrderOfItsDeletion() {
        run("run-b", BOB, Optional.of(NOW));
        run("run-a", ADA, Optional.empty());

        assertThat(leftovers.find())
                .extracting(Leftover::id)
                .containsExactly("job-run-a", "pool-run-a", "input-run-a", "job-run-b", "pool-run-b", "input-run-b");
        Leftover pool = leftovers.find().get(4);
        assertThat(pool.resource()).isEqualTo(Resource.POOL);
        assertThat(pool.nodes()).isEqualTo(2);
        assertThat(pool.tags().owner()).contains(BOB);
        assertThat(pool.deleting()).isFalse();
    }

    @Test
    void whatNoRunHasMarkedIsNeitherListedNorTouched() {
        pools.add(PoolSpec.of(POOL, 1).withMetadata(Map.of("twinbatch_lease", "2020-01-01T00:00:00Z")));
        queue.add(JobSpec.of(JOB, POOL));
        store.createContainer(new ContainerName("input-run-a"), Map.of());

        assertThat(leftovers.find()).isEmpty();
        Leftover forged = new Leftover(
                Resource.POOL, "p", new RunTags(new RunId("run-a"), Optional.empty(), Optional.empty()), NOW, 1, false);
        assertThat(leftovers.delete(forged)).isFalse();
        assertThat(pools.find(POOL)).isPresent();
    }

    @Test
    void whatIsPastItsLeaseIsChosenWhoeverCreatedIt() {
        run("run-a", ADA, Optional.of(NOW.minusSeconds(1)));
        run("run-b", BOB, Optional.of(NOW));
        run("run-c", ADA, Optional.of(NOW.plusSeconds(1)));
        run("run-d", ADA, Optional.empty());

        assertThat(chosen(Selection.PAST_ITS_LEASE))
                .containsExactly("job-run-a", "pool-run-a", "input-run-a", "job-run-b", "pool-run-b", "input-run-b");
        assertThat(leftovers.find())
                .extracting(leftover -> leftover.lease(NOW))
                .containsSequence(LeaseState.PAST, LeaseState.HELD)
                .containsSequence(LeaseState.HELD, LeaseState.NONE);
    }

    @Test
    void aRunOrAnOwnerIsChosenWhateverTheLease() {
        run("run-a", ADA, Optional.of(NOW.plusSeconds(1)));
        run("run-b", BOB, Optional.empty());

        assertThat(chosen(Selection.ofRun(new RunId("run-b"))))
                .containsExactly("job-run-b", "pool-run-b", "input-run-b");
        assertThat(chosen(Selection.ofOwner(ADA))).containsExactly("job-run-a", "pool-run-a", "input-run-a");
        assertThat(chosen(Selection.ofRun(new RunId("run-none")))).isEmpty();
    }

    @Test
    void anAgeNarrowsTheChoice() {
        run("run-a", ADA, Optional.of(NOW));

        // The fakes create everything at the beginning of time.
        Duration age = Duration.between(Instant.EPOCH, NOW);
        assertThat(chosen(Selection.PAST_ITS_LEASE.olderThan(age.minusSeconds(1))))
                .hasSize(3);
        assertThat(chosen(Selection.PAST_ITS_LEASE.olderThan(age))).isEmpty();
        assertThat(chosen(Selection.ofOwner(BOB).olderThan(Duration.ofDays(1)))).isEmpty();
    }

    @Test
    void whatIsBeingDeletedIsListedButNotChosen() {
        pools.isInState(PoolState.DELETING);
        pools.add(PoolSpec.of(POOL, 1).withMetadata(tags("run-a", ADA, Optional.of(NOW))));

        assertThat(leftovers.find()).singleElement().matches(Leftover::deleting);
        assertThat(chosen(Selection.ofOwner(ADA))).isEmpty();
    }

    @Test
    void everythingThatIsFoundCanBeDeletedOnce() {
        run("run-a", ADA, Optional.of(NOW));
        List<Leftover> found = leftovers.find();

        assertThat(found).allMatch(leftovers::delete);
        assertThat(leftovers.find()).isEmpty();
        assertThat(found).noneMatch(leftovers::delete);
    }

    @Test
    void whatItsUserHasDecidedToKeepMeanwhileStays() {
        run("run-a", ADA, Optional.of(NOW));
        Leftover pool = leftovers.find().get(1);
        pools.updateMetadata(new PoolId(pool.id()), tags("run-a", ADA, Optional.empty()));

        assertThat(leftovers.delete(pool)).isFalse();
        assertThat(pools.find(new PoolId(pool.id()))).isPresent();
    }

    @Test
    void aProviderThatCannotBeAskedIsNotTakenForAnEmptyOne() {
        run("run-a", ADA, Optional.of(NOW));
        Leftover job = leftovers.find().get(0);
        queue.hook.failOn("delete", new BatchException(ErrorCode.UNAVAILABLE, "service", "it is down"));

        assertThatThrownBy(() -> leftovers.delete(job)).hasMessageContaining("it is down");
    }
}
