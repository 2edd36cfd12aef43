package io.twinbatch.azure.batch;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.Redaction;
import io.twinbatch.api.error.ServiceError;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.azure.client.BatchServiceException;
import io.twinbatch.azure.client.model.ErrorModel.ErrorBody;
import io.twinbatch.azure.client.model.ErrorModel.ErrorMessage;
import io.twinbatch.azure.client.model.TaskModel.TaskAdd;
import io.twinbatch.azure.client.model.TaskModel.TaskAddResult;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Why one task of a collection was not taken.
 *
 * @param task the task's id
 * @param code what that means to the caller
 * @param said what the service said about it
 */
record RejectedTask(String task, ErrorCode code, ServiceError said) {
    private static final String EXISTS = "TaskExists";
    private static final int NAMED = 5;
    private static final Set<ErrorCode> PASSING = Set.of(ErrorCode.THROTTLED, ErrorCode.UNAVAILABLE);

    /** Why the task is not in the job, by what the service answered about it; empty when it is. */
    static Optional<RejectedTask> of(TaskAdd task, TaskAddResult result) {
        if (result == null) {
            return Optional.of(unanswered(task));
        }
        ErrorBody error = Objects.requireNonNullElse(result.error(), new ErrorBody("", null, null));
        String serviceCode = Objects.requireNonNullElse(error.code(), "");
        if ("success".equalsIgnoreCase(result.status()) || serviceCode.equals(EXISTS)) {
            return Optional.empty();
        }
        ErrorCode known = BatchErrors.codeOf(0, serviceCode);
        boolean serversFault = "servererror".equalsIgnoreCase(result.status());
        ErrorCode unnamed = serversFault ? ErrorCode.UNAVAILABLE : ErrorCode.INVALID;
        return Optional.of(new RejectedTask(task.id(), known == ErrorCode.UNKNOWN ? unnamed : known, said(error)));
    }

    private static RejectedTask unanswered(TaskAdd task) {
        ServiceError said = new ServiceError("", "the service did not say what became of it", "", Map.of());
        return new RejectedTask(task.id(), ErrorCode.UNAVAILABLE, said);
    }

    private static ServiceError said(ErrorBody error) {
        String message = Optional.ofNullable(error.message())
                .map(ErrorMessage::value)
                .flatMap(text -> text.lines().findFirst())
                .orElse("");
        Map<String, String> details = new HashMap<>();
        CommonMapping.orEmpty(error.values()).stream()
                .filter(detail -> detail.key() != null && detail.value() != null)
                .forEach(detail -> details.put(detail.key(), Redaction.withoutSecrets(detail.value())));
        return new ServiceError(
                Objects.requireNonNullElse(error.code(), ""), Redaction.withoutSecrets(message), "", details);
    }

    /** A task that does not fit into a request even alone. */
    static RejectedTask tooLarge(TaskAdd task, BatchServiceException refusal) {
        String message = "it is larger than the service takes; give it fewer files or a shorter command line";
        return new RejectedTask(
                task.id(),
                ErrorCode.INVALID,
                new ServiceError(refusal.code(), message, refusal.requestId(), refusal.values()));
    }

    /** Whether the same request may be taken later. */
    boolean isPassing() {
        return PASSING.contains(code);
    }

    /** One failure for all tasks that were not taken. */
    static BatchException report(JobId job, List<TaskSpec> tasks, List<RejectedTask> refusals) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < tasks.size(); i++) {
            places.putIfAbsent(tasks.get(i).id().toLowerCase(Locale.ROOT), i);
        }
        List<RejectedTask> inOrder = refusals.stream()
                .sorted((one, other) -> Integer.compare(place(places, one), place(places, other)))
                .toList();
        String named = inOrder.stream().limit(NAMED).map(RejectedTask::describe).collect(Collectors.joining("; "));
        String more = inOrder.size() > NAMED ? "; and " + (inOrder.size() - NAMED) + " more" : "";
        String rest = inOrder.size() < tasks.size() ? "; the others are in the job" : "";
        return new BatchException(
                code(inOrder),
                "job " + job,
                inOrder.size() + " of " + tasks.size() + " tasks were not taken: " + named + more + rest,
                inOrder.get(0).said(),
                null);
    }

    private static int place(Map<String, Integer> places, RejectedTask refusal) {
        return places.getOrDefault(refusal.task().toLowerCase(Locale.ROOT), 0);
    }

    /** A reason that all share is the job's or the service's; otherwise some tasks are wrong. */
    private static ErrorCode code(List<RejectedTask> refusals) {
        Set<ErrorCode> codes = refusals.stream().map(RejectedTask::code).collect(Collectors.toSet());
        return codes.size() == 1 ? codes.iterator().next() : ErrorCode.INVALID;
    }

    private String describe() {
        String reason = said.message().isEmpty() ? said.code() : said.message();
        return reason.isEmpty() ? task : task + " (" + reason.strip() + ")";
    }
}
