package io.twinbatch.local.emulator;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.local.emulator.account.AccountOperations;
import io.twinbatch.local.emulator.file.FileOperations;
import io.twinbatch.local.emulator.http.Handler;
import io.twinbatch.local.emulator.http.QueryParameters;
import io.twinbatch.local.emulator.http.Reply;
import io.twinbatch.local.emulator.http.Request;
import io.twinbatch.local.emulator.http.ServiceFault;
import io.twinbatch.local.emulator.job.JobOperations;
import io.twinbatch.local.emulator.node.NodeAccessOperations;
import io.twinbatch.local.emulator.node.NodeOperations;
import io.twinbatch.local.emulator.operation.Routes;
import io.twinbatch.local.emulator.operation.ServiceFaults;
import io.twinbatch.local.emulator.pool.AutoScaling;
import io.twinbatch.local.emulator.pool.PoolOperations;
import io.twinbatch.local.emulator.schedule.ScheduleOperations;
import io.twinbatch.local.emulator.task.TaskOperations;
import io.twinbatch.local.emulator.version.Versions;
import io.twinbatch.local.engine.Engine;
import java.time.Clock;

/** All operations of the service, over an engine. */
public final class BatchOperations implements Handler {
    private static final int NOT_FOUND = 404;

    private final Routes routes = new Routes();
    private final Engine engine;

    /**
     * The operations over an engine.
     *
     * @param clock gives the time
     */
    public BatchOperations(Engine engine, Clock clock) {
        this.engine = engine;
        new AccountOperations(engine).register(routes);
        AutoScaling scaling = new AutoScaling(engine, clock);
        engine.everySecond(scaling::follow);
        new PoolOperations(engine, scaling, clock).register(routes);
        new NodeOperations(engine).register(routes);
        new NodeAccessOperations(engine, clock).register(routes);
        new JobOperations(engine, clock).register(routes);
        new ScheduleOperations(engine, clock).register(routes);
        new TaskOperations(engine, clock).register(routes);
        new FileOperations(engine).register(routes);
    }

    /** The table of all operations. */
    public Routes routes() {
        return routes;
    }

    /**
     * Answers a request.
     *
     * @throws ServiceFault when the service would refuse it
     */
    @Override
    public Reply handle(Request request) {
        Routes.Match match = routes.find(request);
        QueryParameters.check(request.query());
        try {
            return answer(match);
        } catch (BatchException e) {
            // A value that fits its document and that the engine's own records refuse.
            throw ServiceFaults.of(e, "Resource");
        }
    }

    /** A task may ask for its job before that is visible, because work begins while its record is being kept. */
    private Reply answer(Routes.Match match) {
        try {
            return Versions.run(match);
        } catch (ServiceFault fault) {
            if (fault.status() != NOT_FOUND || !engine.orders().awaitKept()) {
                throw fault;
            }
            return Versions.run(match);
        }
    }
}
