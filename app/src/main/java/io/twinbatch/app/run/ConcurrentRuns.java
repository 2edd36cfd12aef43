package io.twinbatch.app.run;

import io.twinbatch.api.pool.Pool;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.app.report.HumanFormat;
import io.twinbatch.local.LocalConfig;
import io.twinbatch.local.inspect.StateFolderSnapshot;
import io.twinbatch.local.store.EngineFolders;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Other runs that are at work on this machine.
 *
 * @param processes their processes
 * @param slots the task slots of their pools
 * @param starting whether some of them has no pool yet, so that it will have more
 */
public record ConcurrentRuns(List<Long> processes, int slots, boolean starting) {
    /** Nobody. */
    public static final ConcurrentRuns NONE = new ConcurrentRuns(List.of(), 0, false);

    public ConcurrentRuns {
        processes = List.copyOf(processes);
    }

    /** Those in the state folder of a configuration, without this process. */
    static ConcurrentRuns in(LocalConfig config) {
        Map<Path, Long> held = new EngineFolders(config.stateDir()).held();
        held.values().remove(ProcessHandle.current().pid());
        List<Integer> slots = held.keySet().stream()
                .map(folder -> slots(StateFolderSnapshot.at(config.at(folder))))
                .toList();
        return new ConcurrentRuns(
                List.copyOf(held.values()),
                slots.stream().mapToInt(Integer::intValue).sum(),
                slots.contains(0));
    }

    private static int slots(StateFolderSnapshot look) {
        try (Stream<Pool> pools = look.pools().list()) {
            return pools.map(Pool::spec).mapToInt(PoolSpec::slots).sum();
        }
    }

    /**
     * What a run that begins beside them is to say; empty when there are none.
     *
     * @param own the task slots of that run
     */
    public Optional<String> sentence(int own) {
        if (processes.isEmpty()) {
            return Optional.empty();
        }
        String numbers = processes.stream().map(String::valueOf).collect(Collectors.joining(", "));
        String others = processes.size() == 1
                ? "Another run is active on this machine (process " + numbers + "); "
                : processes.size() + " other runs are active on this machine (processes " + numbers + "); ";
        String verb = own + slots == 1 ? " now shares " : " now share ";
        return Optional.of(others + (starting ? "at least " : "") + HumanFormat.count(own + slots, "task slot") + verb
                + HumanFormat.count(Runtime.getRuntime().availableProcessors(), "processor") + ".");
    }
}
