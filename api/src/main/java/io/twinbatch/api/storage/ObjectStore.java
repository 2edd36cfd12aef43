package io.twinbatch.api.storage;

import io.twinbatch.api.error.BatchException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Objects in containers.
 *
 * <p>Every method does one remote thing, blocks until it is done, and may be called from any number of threads. Passing
 * failures (throttling, broken connections) are retried inside, within the store's own limits. Failures are thrown as
 * {@link BatchException}; besides the codes named at each method, every method may report
 * {@code UNAUTHENTICATED}, {@code FORBIDDEN}, {@code THROTTLED} and {@code UNAVAILABLE}.
 *
 * <p>Every addition here costs every backend: what can be written on top of these methods is written on top.
 */
public interface ObjectStore {
    /**
     * Creates a container. A container that exists already is left as it is, so that a repeated call is harmless.
     *
     * @param metadata names (letters, digits and underscores, not beginning with a digit; reported back in lower case)
     *     and values (printable ASCII) to store with it
     * @return whether this call created it
     * @throws BatchException {@code CONFLICT} while a container of that name is still being deleted
     */
    boolean createContainer(ContainerName container, Map<String, String> metadata);

    /**
     * Deletes a container with all its objects. Some stores finish the deletion later; the name may stay in use for a
     * while (see {@link #createContainer}).
     *
     * @return whether there was one to delete
     */
    boolean deleteContainer(ContainerName container);

    /** Whether the container exists and is not being deleted. */
    boolean containerExists(ContainerName container);

    /**
     * The containers whose names begin with a prefix, by name. Fetched page by page as the stream is consumed.
     *
     * @param prefix the beginning of the names; empty for all
     */
    Stream<ContainerInfo> listContainers(String prefix);

    /**
     * Stores a file as an object, in parallel blocks when it is large. An object of that name is replaced. The object
     * appears whole or not at all.
     *
     * @param source a file; it is read once, to its end, whatever size the file system lists for it
     * @param metadata as for {@link #createContainer}
     * @param listener informed of the bytes sent
     * @return the object as stored, with the size and the SHA-256 of what was sent
     * @throws BatchException {@code NOT_FOUND} when the container does not exist; {@code INVALID} when the file cannot
     *     be read, or changes while it is read; nothing is stored then
     */
    ObjectInfo put(ObjectKey key, Path source, Map<String, String> metadata, TransferListener listener);

    /**
     * Stores a part of a file as an object; otherwise as {@link #put}.
     *
     * @param range the part of the source
     * @throws BatchException as {@link #put}
     */
    ObjectInfo putPart(
            ObjectKey key, Path source, FileRange range, Map<String, String> metadata, TransferListener listener);

    /**
     * Fetches an object into a file. It is written beside the target and moved into place when complete, so that the
     * target is whole or untouched. An existing target is replaced.
     *
     * @param target the file to write; its folder exists
     * @param listener informed of the bytes received
     * @return the object as read
     * @throws BatchException {@code NOT_FOUND} when the object or its container does not exist; {@code INVALID} when
     *     the target cannot be written; {@code QUOTA} when the disk is full
     */
    ObjectInfo get(ObjectKey key, Path target, TransferListener listener);

    /**
     * The objects of a container whose names begin with a prefix, by name. Fetched page by page as the stream is
     * consumed, without metadata.
     *
     * @param prefix the beginning of the names; empty for all
     * @throws BatchException {@code NOT_FOUND} (from this call or from the stream) when the container does not exist
     */
    Stream<ObjectInfo> list(ContainerName container, String prefix);

    /** What is known of an object; empty when it or its container does not exist. */
    Optional<ObjectInfo> head(ObjectKey key);

    /**
     * Deletes an object.
     *
     * @return whether there was one to delete; false also when the container does not exist
     */
    boolean delete(ObjectKey key);

    /**
     * Signs a URL with which anybody can read one object until the URL expires. The object need not exist yet, and
     * nothing remote happens; but a store whose owner has no key of its own to sign with fetches one now and then, and
     * that may fail as any call.
     *
     * @param lifetime how long it works from now; more than zero
     * @throws BatchException {@code INVALID} when the lifetime is not positive or longer than the store can sign
     */
    SignedUrl signRead(ObjectKey key, Duration lifetime);

    /**
     * Signs a URL with which anybody can use a container's objects in the named ways until the URL expires. What is
     * remote about it is described at {@link #signRead}.
     *
     * @param rights what it allows, at least one
     * @param lifetime how long it works from now; more than zero
     * @throws BatchException {@code INVALID} when no right is named, or the lifetime is not positive or longer than the
     *     store can sign
     */
    SignedUrl signContainer(ContainerName container, Set<AccessRight> rights, Duration lifetime);
}
