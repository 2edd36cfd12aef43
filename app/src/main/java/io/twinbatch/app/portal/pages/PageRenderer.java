package io.twinbatch.app.portal.pages;

import io.twinbatch.app.page.PageTemplates;
import io.twinbatch.app.page.PageText;
import io.twinbatch.app.portal.server.Answer;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** Renders pages. */
final class PageRenderer {
    private final PageTemplates templates = new PageTemplates();
    private final PageText text = new PageText(ZoneOffset.UTC);
    private final Links links = new Links();

    /**
     * A page.
     *
     * @param template the template's name below {@code portal}
     * @param model what the template shows
     */
    Answer page(String template, Frame frame, Object model) {
        return page(200, template, frame, model);
    }

    /** A page with another status. */
    Answer page(int status, String template, Frame frame, Object model) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("frame", frame);
        parameters.put("text", text);
        parameters.put("links", links);
        parameters.put("model", model);
        return Answer.page(status, templates.render("portal/" + template + ".jte", parameters));
    }
}
