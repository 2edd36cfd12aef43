package io.twinbatch.azure.client;

import com.azure.core.util.BinaryData;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.twinbatch.azure.client.model.ErrorModel.ErrorBody;
import io.twinbatch.azure.client.model.ItemPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * The one place where documents become JSON and JSON becomes documents. Null parts are not sent; properties that this
 * client does not know are passed over; 64-bit numbers, which the service writes as text, are read from either form.
 */
final class Json {
    private final JsonMapper mapper = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /** A document as a request's body. */
    BinaryData write(Object document) {
        try {
            return BinaryData.fromBytes(mapper.writeValueAsBytes(document));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a request cannot be written as JSON", e);
        }
    }

    /**
     * An answer's document.
     *
     * @throws BatchServiceException when it is not one
     */
    <T> T read(BinaryData body, Class<T> type) {
        return type.cast(parse(body, mapper.constructType(type)));
    }

    /**
     * An answer's page of items.
     *
     * @throws BatchServiceException when it is not one
     */
    @SuppressWarnings("unchecked") // The type that is built is the one that is returned.
    <T> ItemPage<T> readPage(BinaryData body, Class<T> itemType) {
        return (ItemPage<T>) parse(body, mapper.getTypeFactory().constructParametricType(ItemPage.class, itemType));
    }

    /** What the service says about a failure; empty when the body is not the service's. */
    Optional<ErrorBody> readError(byte[] body) {
        try {
            return Optional.ofNullable(mapper.readValue(body, ErrorBody.class));
        } catch (IOException e) {
            // A gateway's page, or a body that was cut off: the status has to do.
            return Optional.empty();
        }
    }

    private Object parse(BinaryData body, JavaType type) {
        Object document;
        try {
            document = body == null ? null : mapper.readValue(body.toBytes(), type);
        } catch (JsonProcessingException e) {
            throw ServiceFailures.unreadable(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (document == null) {
            throw ServiceFailures.unreadable(null);
        }
        return document;
    }
}
