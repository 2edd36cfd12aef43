package io.twinbatch.local.emulator.version;

import io.twinbatch.local.emulator.http.Reply;
import io.twinbatch.local.emulator.http.Request;
import io.twinbatch.local.emulator.http.ServiceFault;
import io.twinbatch.local.emulator.operation.Call;
import io.twinbatch.local.emulator.operation.Routes;

/** Has operations, which know one shape alone, answer requests of every version. */
public final class Versions {
    private Versions() {}

    /**
     * Runs an operation.
     *
     * @throws ServiceFault when the service would refuse the request, and when its version does not have the operation,
     *     or does not know what it names
     */
    public static Reply run(Routes.Match match) {
        Request request = match.call().request();
        VersionRules rules = VersionRules.of(request.version());
        if (!rules.knows(match.endpoint())) {
            throw new ServiceFault(
                    404,
                    "ResourceNotFound",
                    "Version " + request.version().text() + " of the REST API does not have this operation.");
        }
        AnswerTranslation answers = new AnswerTranslation(rules);
        try {
            Request translated = new RequestTranslation(rules, match.endpoint()).translate(request);
            return answers.translate(
                    match.operation().run(new Call(translated, match.call().names())));
        } catch (ServiceFault fault) {
            throw answers.translate(fault);
        }
    }
}
