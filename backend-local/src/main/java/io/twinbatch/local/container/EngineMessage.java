package io.twinbatch.local.container;

import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.error.QuotedValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Docker engine says about a failure, without the client's words around it. */
final class EngineMessage {
    private static final Pattern JSON = Pattern.compile("\\{\"message\":\"(?<text>.*)\"}", Pattern.DOTALL);
    private static final Pattern STATUS = Pattern.compile("Status [0-9]{3}: *");

    private EngineMessage() {}

    static String of(Throwable failure) {
        String message = failure.getMessage();
        boolean fromEngine = failure instanceof DockerException || failure instanceof DockerClientException;
        if (!fromEngine || message == null) {
            return FailureReason.of(failure);
        }
        Matcher json = JSON.matcher(message);
        String text = json.find()
                ? json.group("text").replace("\\n", " ").replace("\\\"", "'")
                : STATUS.matcher(message).replaceFirst("").replaceFirst("^Could not pull image: ", "");
        return QuotedValue.of(text.strip());
    }
}
