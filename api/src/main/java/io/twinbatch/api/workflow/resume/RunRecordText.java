package io.twinbatch.api.workflow.resume;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.VmImage;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.task.OutputFile;
import io.twinbatch.api.workflow.model.FileName;
import io.twinbatch.api.workflow.model.InputFile;
import io.twinbatch.api.workflow.model.KeptLogs;
import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.PlannedInput.Piece;
import io.twinbatch.api.workflow.model.ResultLayout;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.api.workflow.model.RunOwner;
import io.twinbatch.api.workflow.model.RunPlan.PlannedTask;
import io.twinbatch.api.workflow.model.RunPlan.PlannedTotal;
import io.twinbatch.api.workflow.model.RunRecord;
import io.twinbatch.api.workflow.model.RunRequest.Limits;
import io.twinbatch.api.workflow.model.RunRequest.PoolRequest;
import io.twinbatch.api.workflow.model.TaskCommand;
import io.twinbatch.api.workflow.model.TaskInputs;
import io.twinbatch.api.workflow.model.TaskOutput;
import io.twinbatch.api.workflow.model.TaskRow;
import io.twinbatch.api.workflow.model.TotalInputs;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The text of a {@link RunRecord}: the format of {@link java.util.Properties}, which holds any characters in plain ASCII.
 * Its key {@code format} identifies the version.
 */
final class RunRecordText {
    private static final String FORMAT = "4";

    private RunRecordText() {}

    static String write(RunRecord record) {
        NestedProperties tree = new NestedProperties();
        tree.put("format", FORMAT);
        tree.put("run", record.id().value());
        tree.put("job", record.job().value());
        write(tree.at("asked"), record.asked());
        tree.putAll("tasks", record.tasks(), RunRecordText::write);
        record.total().ifPresent(total -> write(tree.at("total"), total));
        tree.put("contents", record.contents());
        tree.putAll("names", record.names(), RunRecordText::write);
        tree.putAll(
                "replaceable", record.replaceable().stream().sorted().toList(), (part, name) -> part.put("file", name));
        return tree.text();
    }

    /**
     * Reads a record.
     *
     * @throws BatchException {@code INVALID} when the text is no record of a known format
     */
    static RunRecord read(String resource, String text) {
        try {
            NestedProperties tree = NestedProperties.of(text);
            String format = tree.get("format");
            if (!format.equals(FORMAT)) {
                throw new BatchException(
                        ErrorCode.INVALID,
                        resource,
                        "it has format " + format + ", and this version knows format " + FORMAT
                                + " only; resume the run with the version that began it");
            }
            return new RunRecord(
                    new RunId(tree.get("run")),
                    new JobId(tree.get("job")),
                    asked(tree.at("asked")),
                    tree.all("tasks", RunRecordText::task),
                    tree.has("total") ? Optional.of(total(tree.at("total"))) : Optional.empty(),
                    tree.map("contents"),
                    tree.all("names", RunRecordText::names),
                    Set.copyOf(tree.all("replaceable", part -> fileName(part.get("file")))));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new BatchException(ErrorCode.INVALID, resource, "it cannot be read: " + FailureReason.of(e), e);
        }
    }

    private static void write(NestedProperties tree, RunRecord.Asked asked) {
        tree.put("outputFolder", asked.outputFolder());
        tree.put("force", Boolean.toString(asked.force()));
        write(tree.at("pool"), asked.pool());
        tree.put("jobId", asked.jobId().map(JobId::value));
        tree.put("timeLimit", asked.limits().timeLimit().toString());
        tree.put("taskTimeLimit", asked.limits().taskTimeLimit().map(Duration::toString));
        tree.put("maxRetries", Integer.toString(asked.limits().maxRetries()));
        tree.put("keepJob", Boolean.toString(asked.keepJob()));
        tree.put("keepPool", Boolean.toString(asked.keepPool()));
        tree.put("keepLogs", asked.keepLogs().name());
        tree.put("owner", asked.owner().map(RunOwner::value));
        tree.put("notes", asked.notes());
    }

    private static RunRecord.Asked asked(NestedProperties tree) {
        return new RunRecord.Asked(
                tree.get("outputFolder"),
                tree.isTrue("force"),
                pool(tree.at("pool")),
                tree.find("jobId").map(JobId::new),
                new Limits(
                        Duration.parse(tree.get("timeLimit")),
                        tree.find("taskTimeLimit").map(Duration::parse),
                        tree.number("maxRetries")),
                tree.isTrue("keepJob"),
                tree.isTrue("keepPool"),
                KeptLogs.valueOf(tree.get("keepLogs")),
                tree.find("owner").map(RunOwner::new),
                tree.map("notes"));
    }

    private static void write(NestedProperties tree, PoolRequest pool) {
        tree.put("id", pool.id().map(PoolId::value));
        tree.put("vmSize", pool.vmSize());
        tree.put("publisher", pool.image().publisher());
        tree.put("offer", pool.image().offer());
        tree.put("sku", pool.image().sku());
        tree.put("dedicatedNodes", Integer.toString(pool.dedicatedNodes()));
        tree.put("spotNodes", Integer.toString(pool.spotNodes()));
        tree.put("slotsPerNode", Integer.toString(pool.slotsPerNode()));
        tree.put("slotsPerTask", Integer.toString(pool.slotsPerTask()));
    }

    private static PoolRequest pool(NestedProperties tree) {
        return new PoolRequest(
                tree.find("id").map(PoolId::new),
                tree.get("vmSize"),
                new VmImage(tree.get("publisher"), tree.get("offer"), tree.get("sku")),
                tree.number("dedicatedNodes"),
                tree.number("spotNodes"),
                tree.number("slotsPerNode"),
                tree.number("slotsPerTask"));
    }

    private static void write(NestedProperties tree, PlannedTask task) {
        tree.put("id", task.id());
        tree.put("manifest", task.work().manifestObject());
        tree.put("counts", task.work().countsObject());
        tree.put("container", task.work().outputContainer().value());
        tree.putAll("inputs", task.inputs(), RunRecordText::write);
        write(tree.at("command"), task.command());
    }

    private static PlannedTask task(NestedProperties tree) {
        TaskInputs work = new TaskInputs(
                tree.get("id"),
                tree.all("inputs", RunRecordText::input),
                tree.get("manifest"),
                tree.find("counts"),
                new ContainerName(tree.get("container")));
        return new PlannedTask(work, command(tree.at("command")));
    }

    private static void write(NestedProperties tree, PlannedTotal total) {
        tree.put("id", total.id());
        tree.putAll("parts", total.work().countsPaths(), (part, path) -> part.put("path", path));
        tree.put("object", total.work().outputObject());
        tree.put("manifest", total.work().manifestObject());
        tree.put("container", total.work().outputContainer().value());
        tree.put("file", total.outputFileName());
        write(tree.at("command"), total.command());
    }

    private static PlannedTotal total(NestedProperties tree) {
        TotalInputs work = new TotalInputs(
                tree.get("id"),
                tree.all("parts", part -> part.get("path")),
                tree.get("object"),
                tree.get("manifest"),
                new ContainerName(tree.get("container")));
        return new PlannedTotal(work, command(tree.at("command")), fileName(tree.get("file")));
    }

    private static void write(NestedProperties tree, PlannedInput input) {
        tree.put("path", input.file().path().toString());
        tree.put("name", input.file().displayName());
        tree.put("size", Long.toString(input.file().size()));
        input.file().row().ifPresent(row -> write(tree.at("row"), row));
        tree.put("object", input.inputObject());
        tree.put("node", input.nodePath());
        tree.put("result", input.outputObject());
        tree.put("file", input.outputFileName());
        input.piece().ifPresent(piece -> write(tree.at("piece"), piece));
    }

    private static void write(NestedProperties tree, Piece piece) {
        tree.put("offset", Long.toString(piece.offset()));
        tree.put("number", Integer.toString(piece.number()));
        tree.put("count", Integer.toString(piece.count()));
        write(tree.at("whole"), piece.whole());
    }

    private static Piece piece(NestedProperties tree) {
        return new Piece(
                input(tree.at("whole")),
                Long.parseLong(tree.get("offset")),
                tree.number("number"),
                tree.number("count"));
    }

    private static PlannedInput input(NestedProperties tree) {
        String node = tree.get("node");
        Optional<TaskRow> row = tree.at("row").find("input").map(hasInput -> row(tree.at("row")));
        InputFile file =
                new InputFile(path(tree.get("path"), node), tree.get("name"), Long.parseLong(tree.get("size")), row);
        Optional<Piece> piece = tree.at("piece").find("offset").map(offset -> piece(tree.at("piece")));
        return new PlannedInput(file, tree.get("object"), node, tree.get("result"), fileName(tree.get("file")), piece);
    }

    private static void write(NestedProperties tree, TaskRow row) {
        tree.put("input", Boolean.toString(row.hasInput()));
        tree.put("number", Integer.toString(row.number()));
        tree.put("repetition", Integer.toString(row.repetition()));
        tree.putAll("variables", List.copyOf(row.variables().entrySet()), (variable, entry) -> {
            variable.put("name", entry.getKey());
            variable.put("value", entry.getValue());
        });
        tree.putAll("files", row.files(), (part, file) -> {
            part.put("path", file.path().toString());
            part.put("size", Long.toString(file.size()));
            part.put("place", file.place());
        });
    }

    private static TaskRow row(NestedProperties tree) {
        Map<String, String> variables = new LinkedHashMap<>();
        tree.all("variables", Function.identity())
                .forEach(entry -> variables.put(entry.get("name"), entry.get("value")));
        List<TaskRow.RowFile> files = tree.all(
                "files",
                part -> new TaskRow.RowFile(
                        path(part.get("path"), "unknown"), Long.parseLong(part.get("size")), part.get("place")));
        return new TaskRow(tree.number("number"), tree.number("repetition"), variables, files, tree.isTrue("input"));
    }

    /** Results go nowhere but into the output folder, whatever somebody has made of the record. */
    private static String fileName(String text) {
        if (!Stream.of(text.split("/", -1)).allMatch(FileName::isPlain)) {
            throw new IllegalArgumentException("a result cannot be called " + QuotedValue.of(text));
        }
        return text;
    }

    /** The file is not read again; only its name may be impossible on this machine. */
    private static Path path(String text, String otherwise) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            return Path.of(otherwise);
        }
    }

    private static void write(NestedProperties tree, TaskCommand command) {
        tree.put("line", command.commandLine());
        tree.put("environment", command.environment());
        tree.put("files", command.files());
        tree.putAll("outputs", command.outputs(), RunRecordText::write);
    }

    private static TaskCommand command(NestedProperties tree) {
        Map<String, String> files = tree.map("files");
        return new TaskCommand(
                tree.get("line"), tree.map("environment"), files, tree.all("outputs", RunRecordText::output));
    }

    private static void write(NestedProperties tree, ResultLayout.Names names) {
        tree.put("name", names.fileName());
        tree.put("folder", names.folder());
    }

    private static ResultLayout.Names names(NestedProperties tree) {
        return new ResultLayout.Names(tree.get("name"), fileName(tree.get("folder")));
    }

    private static void write(NestedProperties tree, TaskOutput output) {
        tree.put("pattern", output.pattern());
        tree.put("object", output.object());
        tree.put("condition", output.condition().name());
    }

    private static TaskOutput output(NestedProperties tree) {
        return new TaskOutput(
                tree.get("pattern"), tree.get("object"), OutputFile.Condition.valueOf(tree.get("condition")));
    }
}
