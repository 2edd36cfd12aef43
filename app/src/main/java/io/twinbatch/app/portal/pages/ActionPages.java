package io.twinbatch.app.portal.pages;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ServiceError;
import io.twinbatch.app.portal.model.Observation;
import io.twinbatch.app.portal.server.Answer;
import io.twinbatch.app.portal.server.FailurePage;
import io.twinbatch.app.portal.server.PageRoutes;
import io.twinbatch.app.portal.server.WebRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Each action has a page that asks, whose form does it, and an answer that says what was done. */
public final class ActionPages {
    private final PortalBackend backend;
    private final PortalActions actions;
    private final PageRenderer renderer;
    private final FailurePage failures;

    ActionPages(PortalBackend backend, PortalActions actions, PageRenderer renderer, FailurePage failures) {
        this.backend = backend;
        this.actions = actions;
        this.renderer = renderer;
        this.failures = failures;
    }

    void register(PageRoutes routes) {
        add(routes, "/jobs/*/terminate", names -> actions.terminateJob(names.get(0)));
        add(routes, "/jobs/*/delete", names -> actions.deleteJob(names.get(0)));
        add(routes, "/jobs/*/tasks/*/terminate", names -> actions.terminateTask(names.get(0), names.get(1)));
        add(routes, "/jobs/*/tasks/*/reactivate", names -> actions.reactivateTask(names.get(0), names.get(1)));
        add(routes, "/pools/*/resize", names -> actions.resizePool(names.get(0)));
        add(routes, "/pools/*/delete", names -> actions.deletePool(names.get(0)));
    }

    private void add(PageRoutes routes, String address, Function<List<String>, PortalAction> action) {
        routes.get(address, (request, names) -> ifAllowed(() -> ask(action.apply(names))));
        routes.post(address, (request, names) -> ifAllowed(() -> order(action.apply(names), request)));
    }

    private Answer ifAllowed(Supplier<Answer> page) {
        return actions.areAllowed()
                ? page.get()
                : failures.of(
                        403,
                        "Actions are switched off",
                        "Nothing was done. Start Twinbatch with --allow-actions to change jobs and pools from the"
                                + " portal.");
    }

    private Answer ask(PortalAction action) {
        return renderer.page("ask", frame(action, action.name()), action);
    }

    /**
     * What an answer shows.
     *
     * @param action what was ordered
     * @param message what has happened
     * @param code the code of the failure; empty for none
     */
    public record Outcome(PortalAction action, String message, Optional<String> code) {}

    private Answer order(PortalAction action, WebRequest request) {
        try {
            Outcome outcome = new Outcome(action, action.order().give(request), Optional.empty());
            return renderer.page("done", frame(action, action.name()), outcome);
        } catch (BatchException e) {
            Outcome outcome = new Outcome(action, e.getMessage() + ".", Optional.of(code(e)));
            return renderer.page(status(e), "done", frame(action, action.name() + ": refused"), outcome);
        } finally {
            backend.snapshots().expire();
        }
    }

    private static String code(BatchException failure) {
        return failure.serviceError()
                .map(ServiceError::code)
                .filter(code -> !code.isEmpty())
                .orElseGet(() -> failure.code().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    private static int status(BatchException failure) {
        return switch (failure.code()) {
            case NOT_FOUND -> 404;
            case INVALID -> 400;
            case CONFLICT -> 409;
            default -> 503;
        };
    }

    private Frame frame(PortalAction action, String title) {
        Observation observation = backend.snapshots().get();
        return new Frame(
                title, action.section(), List.of(action.back()), backend.where(), Optional.of(observation), false);
    }
}
