package io.twinbatch.local.application;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.local.disk.FolderTree;
import io.twinbatch.local.disk.PrivateFiles;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Unpacks application packages on nodes, each once for a node. A package is unpacked beside its place and moved there
 * when it is whole, so that what is in its place is whole also after this process was killed.
 */
public final class PackageInstaller {
    private final ApplicationPackages packages;

    /** One for each place, so that nobody unpacks there while another does. */
    private final Map<Path, Object> places = new ConcurrentHashMap<>();

    public PackageInstaller(ApplicationPackages packages) {
        this.packages = packages;
    }

    /**
     * Makes sure that a node has packages.
     *
     * @param nodeRoot the root folder of the node
     * @return the packages in the order of the references
     * @throws InstallationException when there is no such package any more, or it cannot be unpacked
     */
    public List<InstalledPackage> install(Path nodeRoot, List<PackageReference> references)
            throws InstallationException {
        List<InstalledPackage> installed = new ArrayList<>();
        for (PackageReference reference : references) {
            installed.add(install(nodeRoot, reference));
        }
        return installed;
    }

    private InstalledPackage install(Path nodeRoot, PackageReference reference) throws InstallationException {
        try {
            ApplicationPackages.Found found = packages.find(reference)
                    .orElseThrow(() -> new InstallationException(
                            "there is no application package " + reference + " any more", null));
            InstalledPackage result = new InstalledPackage(
                    found.application(), found.version(), reference.version().isEmpty());
            Path place = result.folder(nodeRoot);
            synchronized (places.computeIfAbsent(place, any -> new Object())) {
                if (!Files.isDirectory(place)) {
                    unpack(found.file(), place, staging(nodeRoot, result));
                }
            }
            return result;
        } catch (IOException | IllegalArgumentException | ProviderNotFoundException | BatchException e) {
            throw new InstallationException(
                    "the application package " + reference + " cannot be unpacked: " + reason(e), e);
        }
    }

    private static String reason(Exception failure) {
        boolean isOfFile = failure instanceof IOException || failure instanceof BatchException;
        return isOfFile ? FailureReason.of(failure) : "it is no zip file of this system";
    }

    private static Path staging(Path nodeRoot, InstalledPackage installed) {
        return nodeRoot.resolve("volatile").resolve("unpacking-" + installed.application() + "-" + installed.version());
    }

    private static void unpack(Path file, Path place, Path staging) throws IOException {
        // What a killed process has left.
        FolderTree.delete(staging);
        PrivateFiles.createFolder(staging);
        try (FileSystem zip = FileSystems.newFileSystem(file, Map.of())) {
            Path top = zip.getPath("/");
            Files.walkFileTree(top, new Copy(top, staging));
        }
        PrivateFiles.createFolder(place.getParent());
        Files.move(staging, place, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Copies the entries of a zip file. The JDK refuses an archive with a name that leads out of it. */
    private static final class Copy extends SimpleFileVisitor<Path> {
        private static final String PERMISSIONS = "zip:permissions";
        private static final Set<PosixFilePermission> ALWAYS =
                Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

        private final Path top;
        private final Path target;

        Copy(Path top, Path target) {
            this.top = top;
            this.target = target;
        }

        private Path place(Path entry) throws IOException {
            Path place = target.resolve(top.relativize(entry).toString()).normalize();
            if (!place.startsWith(target)) {
                throw new IOException("a name in it leads out of it");
            }
            return place;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path entry, BasicFileAttributes attributes) throws IOException {
            Files.createDirectories(place(entry));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path entry, BasicFileAttributes attributes) throws IOException {
            Path place = place(entry);
            Files.copy(entry, place);
            allow(entry, place);
            return FileVisitResult.CONTINUE;
        }

        /** A zip file of another system has no permissions, and a file of it is not executable. */
        private static void allow(Path entry, Path place) throws IOException {
            if (Files.getAttribute(entry, PERMISSIONS) instanceof Set<?> stored
                    && place.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Set<PosixFilePermission> permissions = EnumSet.copyOf(ALWAYS);
                stored.forEach(permission -> permissions.add((PosixFilePermission) permission));
                Files.setPosixFilePermissions(place, permissions);
            }
        }
    }
}
