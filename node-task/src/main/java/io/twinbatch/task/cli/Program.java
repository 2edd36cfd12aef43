package io.twinbatch.task.cli;

import io.twinbatch.task.NodeIds;
import io.twinbatch.task.PlainText;
import io.twinbatch.task.TaskException;
import io.twinbatch.task.TaskExitCode;
import io.twinbatch.task.upload.OutputHeaders;
import io.twinbatch.task.upload.Outputs;
import io.twinbatch.task.upload.RetrySleeper;
import io.twinbatch.task.upload.SignedContainer;
import io.twinbatch.task.upload.StoreRoute;
import io.twinbatch.task.upload.UploadRetry;
import io.twinbatch.task.upload.Uploader;
import java.io.File;
import java.io.PrintStream;
import java.util.Map;

/** Counts, writes and uploads: the whole task, apart from the process that it runs in. */
public final class Program {
    static final String SAS_TOKEN = "TWINBATCH_SAS_TOKEN";

    private final Map<String, String> environment;
    private final File uploadFolder;
    private final PrintStream out;
    private final PrintStream err;
    private final RetrySleeper sleeper;

    /** @param uploadFolder where what is uploaded is written first */
    Program(
            Map<String, String> environment,
            File uploadFolder,
            PrintStream out,
            PrintStream err,
            RetrySleeper sleeper) {
        this.environment = environment;
        this.uploadFolder = uploadFolder;
        this.out = out;
        this.err = err;
        this.sleeper = sleeper;
    }

    /** Does what the words of a command line ask for. Results go to files, a line per input to out, errors to err. */
    TaskExitCode run(String[] words) {
        try {
            return run(Arguments.parse(words));
        } catch (TaskException e) {
            err.println(e.getMessage());
            if (e.code() == TaskExitCode.USAGE) {
                err.println(Arguments.HELP);
            }
            return e.code();
        } catch (OutOfMemoryError e) {
            String reason = e.getMessage() == null ? "" : " (" + e.getMessage() + ")";
            err.println("out of memory" + reason + ": there are more distinct words than fit; give Java more with -Xmx,"
                    + " or give each task less text");
            return TaskExitCode.OUT_OF_MEMORY;
        } catch (RuntimeException e) {
            // Its message is not shown: it might hold the signed URL.
            err.println("internal error of this program" + place(e));
            return TaskExitCode.INTERNAL;
        }
    }

    /** Where in this program it happened. */
    private static String place(RuntimeException failure) {
        for (StackTraceElement frame : failure.getStackTrace()) {
            if (frame.getClassName().startsWith(Program.class.getPackageName())) {
                return " in " + frame.getFileName() + ", line " + frame.getLineNumber();
            }
        }
        return "";
    }

    private TaskExitCode run(Arguments arguments) throws TaskException {
        Uploader uploader = uploader(arguments.storage());
        OutputTargets targets = OutputTargets.plan(arguments, uploader == null ? null : uploadFolder);
        Outputs outputs = new Outputs(uploader, targets.manifest() != null);
        return new CountingTask(arguments, targets, outputs, NodeIds.from(environment), out, err).run();
    }

    /** What uploads the outputs; null when they stay here. */
    private Uploader uploader(StorageOptions storage) throws TaskException {
        Map<String, String> headers = OutputHeaders.parse(environment.get(OutputHeaders.VARIABLE));
        SignedContainer signed;
        if (storage.account() != null) {
            signed = storage.signedContainer(environment.get(SAS_TOKEN));
            headers.putIfAbsent("x-ms-blob-type", "BlockBlob");
        } else {
            signed = signedContainer(storage.container());
        }
        if (signed == null) {
            return null;
        }
        StoreRoute route = StoreRoute.to(signed, environment);
        return new Uploader(signed, route, storage.container(), headers, UploadRetry.USUAL, sleeper);
    }

    private SignedContainer signedContainer(String container) throws TaskException {
        String signedUrl = environment.get(SignedContainer.VARIABLE);
        if (signedUrl != null && !signedUrl.isEmpty()) {
            return SignedContainer.parse(signedUrl, "the signed URL in " + SignedContainer.VARIABLE);
        }
        if (container != null) {
            throw TaskException.usage("the signed URL of the container '" + PlainText.text(container) + "' is missing: "
                    + SignedContainer.VARIABLE + " is not set, and --storageaccount is not given");
        }
        return null;
    }
}
