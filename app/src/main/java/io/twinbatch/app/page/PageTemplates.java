package io.twinbatch.app.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import gg.jte.output.WriterOutput;
import java.io.Writer;
import java.util.Map;

/**
 * The templates below {@code src/main/jte}. The build compiles them. They escape every value for the place where it
 * stands; {@code $unsafe} is for the stylesheet alone.
 */
public final class PageTemplates {
    private final TemplateEngine engine =
            TemplateEngine.createPrecompiled(null, ContentType.Html, PageTemplates.class.getClassLoader());

    /**
     * Renders a page.
     *
     * @param template the path of the template below {@code src/main/jte}, such as {@code report/run.jte}
     * @param parameters the values of its parameters, by their names
     */
    public String render(String template, Map<String, Object> parameters) {
        StringOutput output = new StringOutput();
        engine.render(template, parameters, output);
        return output.toString();
    }

    /** The same, written as it is made. */
    public void render(String template, Map<String, Object> parameters, Writer writer) {
        engine.render(template, parameters, new WriterOutput(writer));
    }
}
