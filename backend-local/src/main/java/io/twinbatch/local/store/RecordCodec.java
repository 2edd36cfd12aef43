package io.twinbatch.local.store;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.IdlePolicy;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Records as JSON. The components of a record are all that is written; a type with alternatives carries the simple name
 * of the alternative.
 */
final class RecordCodec {
    private final ObjectMapper mapper = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .visibility(PropertyAccessor.GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .addMixIn(TaskStatus.class, NamedAlternative.class)
            .addMixIn(IdlePolicy.class, NamedAlternative.class)
            .registerSubtypes(alternatives(TaskStatus.class, IdlePolicy.class))
            .build();

    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "is")
    private interface NamedAlternative {}

    /** The records that a value of these sealed types can be. */
    private static Class<?>[] alternatives(Class<?>... types) {
        return Arrays.stream(types)
                .flatMap(type ->
                        type.isSealed() ? Arrays.stream(alternatives(type.getPermittedSubclasses())) : Stream.of(type))
                .toArray(Class<?>[]::new);
    }

    byte[] encode(Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a " + value.getClass().getSimpleName() + " cannot be written", e);
        }
    }

    <T> T decode(byte[] bytes, Class<T> type) {
        try {
            return mapper.readValue(bytes, type);
        } catch (IOException e) {
            throw new BatchException(
                    ErrorCode.UNKNOWN,
                    "state store",
                    "a " + type.getSimpleName() + " in it cannot be read; the store is damaged or of another version",
                    e);
        }
    }
}
