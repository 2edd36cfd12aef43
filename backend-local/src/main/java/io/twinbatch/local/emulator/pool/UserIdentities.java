package io.twinbatch.local.emulator.pool;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.local.emulator.document.Bodies;
import io.twinbatch.local.emulator.document.CommonDocuments;
import io.twinbatch.local.engine.host.UserChoice;
import io.twinbatch.local.node.TaskUser;
import io.twinbatch.local.record.PoolRules;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * The users of tasks, by their {@code userIdentity} (<a
 * href="https://learn.microsoft.com/azure/batch/batch-user-accounts">user accounts</a>): administrators run as the
 * engine's user, others without its rights.
 */
public final class UserIdentities implements UserChoice {
    @Override
    public TaskUser of(PoolRules pool, Optional<String> document, Kind kind) {
        return document.map(Bodies::kept)
                .map(owner -> of(pool, owner.at(place(kind))))
                .orElse(TaskUser.ENGINE);
    }

    private static String place(Kind kind) {
        return switch (kind) {
            case START_TASK -> "/startTask";
            case PREPARATION -> "/jobPreparationTask";
            case RELEASE -> "/jobReleaseTask";
            case TASK -> "";
        };
    }

    private static TaskUser of(PoolRules pool, JsonNode task) {
        String account = task.path("userIdentity").path("username").asText("");
        boolean elevated = account.isEmpty() ? CommonDocuments.isElevated(task) : isAdministrator(pool, account);
        if (elevated) {
            return TaskUser.ENGINE;
        }
        return task.at("/userIdentity/autoUser/scope").asText("").equals("task") ? TaskUser.OWN : TaskUser.SHARED;
    }

    private static boolean isAdministrator(PoolRules pool, String name) {
        return pool
                .document()
                .map(Bodies::kept)
                .map(document -> document.path("userAccounts").spliterator())
                .stream()
                .flatMap(accounts -> StreamSupport.stream(accounts, false))
                .anyMatch(account -> account.path("name").asText("").equals(name)
                        && account.path("elevationLevel").asText("").equals("admin"));
    }
}
