package io.twinbatch.azure.batch;

import io.twinbatch.api.task.TaskFile;
import io.twinbatch.azure.client.model.FileModel.BatchFile;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Files on nodes. The service returns only the name of a folder: it is given the time of the newest file in it,
 * and an empty one that of the newest file around.
 */
final class FileMapping {
    private static final String TOP = "";

    private FileMapping() {}

    /**
     * The files below a folder, their paths relative to it.
     *
     * @param files all that the service lists, or at least all below the folder
     * @param folder the folder; empty for the one that the service's names are relative to
     */
    static List<TaskFile> read(List<BatchFile> files, String folder) {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        List<BatchFile> below = files.stream()
                .filter(file -> file.name() != null
                        && file.name().startsWith(prefix)
                        && file.name().length() > prefix.length())
                .toList();
        Map<String, Instant> newest = newestByFolder(below);
        return below.stream()
                .map(file -> read(file, file.name().substring(prefix.length()), newest))
                .toList();
    }

    private static TaskFile read(BatchFile file, String path, Map<String, Instant> newest) {
        if (Boolean.TRUE.equals(file.isDirectory())) {
            Instant around = newest.getOrDefault(TOP, Instant.EPOCH);
            return new TaskFile(path, true, 0, newest.getOrDefault(file.name(), around));
        }
        long size = file.properties() == null ? 0 : file.properties().contentLength();
        return new TaskFile(path, false, size, time(file));
    }

    private static Map<String, Instant> newestByFolder(List<BatchFile> files) {
        Map<String, Instant> newest = new HashMap<>();
        for (BatchFile file : files) {
            Instant time = time(file);
            if (time.equals(Instant.EPOCH)) {
                continue;
            }
            boolean isFolder = Boolean.TRUE.equals(file.isDirectory());
            String folder = isFolder ? file.name() : parent(file.name());
            while (!folder.equals(TOP)) {
                newest.merge(folder, time, FileMapping::later);
                folder = parent(folder);
            }
            newest.merge(TOP, time, FileMapping::later);
        }
        return newest;
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant time(BatchFile file) {
        boolean known = file.properties() != null && file.properties().lastModified() != null;
        return known ? file.properties().lastModified() : Instant.EPOCH;
    }
}
