package io.twinbatch.app.portal.pages;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.storage.ContainerInfo;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectInfo;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.app.inspect.BackendInspector;
import io.twinbatch.app.portal.model.LogPart;
import io.twinbatch.app.portal.model.ObjectReader;
import io.twinbatch.app.portal.model.Observation;
import io.twinbatch.app.portal.model.SecretMask;
import io.twinbatch.app.portal.pages.Frame.Crumb;
import io.twinbatch.app.portal.pages.Frame.Section;
import io.twinbatch.app.portal.server.Answer;
import io.twinbatch.app.portal.server.PageRoutes;
import io.twinbatch.app.portal.server.WebRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Containers, their objects, and what is in an object. */
public final class ObjectPages {
    private final PortalBackend backend;
    private final PageRenderer renderer;

    ObjectPages(PortalBackend backend, PageRenderer renderer) {
        this.backend = backend;
        this.renderer = renderer;
    }

    void register(PageRoutes routes) {
        routes.get("/objects", (request, names) -> containers(request));
        routes.get("/objects/*", (request, names) -> objects(request, new ContainerName(names.get(0))));
        routes.get("/objects/*/object", (request, names) -> object(key(request, names.get(0))));
        routes.get("/objects/*/download", (request, names) -> download(key(request, names.get(0))));
    }

    /**
     * What the page of all containers shows.
     *
     * @param containers the containers
     * @param stores how many object stores answer
     */
    public record Containers(ObjectReader.Page<ContainerInfo> containers, int stores) {}

    private Answer containers(WebRequest request) {
        Observation observation = backend.snapshots().get();
        int page = page(request);
        List<ContainerInfo> all = new ArrayList<>();
        boolean more = false;
        List<ObjectStore> stores = stores();
        for (ObjectStore store : stores) {
            ObjectReader.Page<ContainerInfo> found = backend.objects().containers(store, "", page);
            all.addAll(found.items());
            more |= found.more();
        }
        return renderer.page(
                "containers",
                backend.frame("Objects", Section.OBJECTS, List.of(), observation),
                new Containers(new ObjectReader.Page<>(all, page, more), stores.size()));
    }

    private List<ObjectStore> stores() {
        return backend.looks().get().stream()
                .map(BackendInspector::store)
                .flatMap(Optional::stream)
                .toList();
    }

    private ObjectStore storeOf(ContainerName container) {
        return stores().stream()
                .filter(store -> store.containerExists(container))
                .findFirst()
                .orElseThrow(() -> new BatchException(
                        ErrorCode.NOT_FOUND,
                        "container " + container,
                        "no object store that answers now has it; the local object store runs only during a run, and a"
                                + " run deletes its containers when it ends"));
    }

    private static int page(WebRequest request) {
        return request.number("page")
                .map(number -> (int) Math.max(1, Math.min(number, 100_000)))
                .orElse(1);
    }

    /**
     * What the page of a container shows.
     *
     * @param container the container
     * @param prefix the beginning of the names
     * @param objects the objects
     */
    public record Objects(ContainerName container, String prefix, ObjectReader.Page<ObjectInfo> objects) {}

    private Answer objects(WebRequest request, ContainerName container) {
        Observation observation = backend.snapshots().get();
        String prefix = request.parameter("prefix").orElse("");
        Objects model = new Objects(
                container, prefix, backend.objects().objects(storeOf(container), container, prefix, page(request)));
        return renderer.page(
                "objects",
                backend.frame(
                        "Container " + container,
                        Section.OBJECTS,
                        List.of(new Crumb("Objects", "/objects")),
                        observation),
                model);
    }

    /**
     * What the page of an object shows.
     *
     * @param info the object
     * @param preview its beginning
     * @param metadata what is kept with it, secrets left out
     */
    public record ObjectDocument(ObjectInfo info, LogPart preview, Map<String, String> metadata) {}

    private static ObjectKey key(WebRequest request, String container) {
        return new ObjectKey(
                new ContainerName(container), request.parameter("name").orElse(""));
    }

    private Answer object(ObjectKey key) {
        Observation observation = backend.snapshots().get();
        ObjectStore store = storeOf(key.container());
        ObjectInfo info = backend.objects().info(store, key);
        List<Crumb> crumbs = List.of(
                new Crumb("Objects", "/objects"),
                new Crumb(
                        "Container " + key.container(),
                        new Links().container(key.container().value(), "", 1)));
        return renderer.page(
                "object",
                new Frame(key.name(), Section.OBJECTS, crumbs, backend.where(), Optional.of(observation), false),
                new ObjectDocument(info, backend.objects().preview(store, info), SecretMask.of(info.metadata())));
    }

    /** A file to be saved, which no browser renders whatever is in it. */
    private Answer download(ObjectKey key) {
        ObjectStore store = storeOf(key.container());
        ObjectInfo info = backend.objects().info(store, key);
        String name = key.name().substring(key.name().lastIndexOf('/') + 1);
        String plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return new Answer(
                200,
                "application/octet-stream",
                Map.of(
                        "Content-Length",
                        Long.toString(info.size()),
                        "Content-Disposition",
                        "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded),
                out -> backend.objects().copy(store, info, out));
    }
}
