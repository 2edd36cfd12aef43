package io.twinbatch.local.emulator.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.local.emulator.http.ServiceFault;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** How the service refuses the body of a request. */
public final class BodyFaults {
    /** The ends of the names of those properties whose values are never repeated: they hold secrets, or much text. */
    private static final Pattern UNSPOKEN = Pattern.compile(
            ".*(?:url|password|key|value|token|secret|signature|commandLine|environmentSettings|uploadHeaders)",
            Pattern.CASE_INSENSITIVE);

    private static final int BAD_REQUEST = 400;

    private BodyFaults() {}

    /** The body is no document of the kind that is expected. */
    public static ServiceFault notValid(String reason) {
        return new ServiceFault(
                BAD_REQUEST,
                "InvalidRequestBody",
                "The specified Request Body is not syntactically valid.",
                Map.of("Reason", reason));
    }

    /** A property has another type than is expected. */
    public static ServiceFault illTyped(String name, String expected) {
        return notValid("The property '" + name + "' is to be " + expected + ".");
    }

    /** There is no such property. */
    public static ServiceFault unknown(String name) {
        return notValid("The property '" + name
                + "' does not exist here. Make sure to only use property names that are defined by the type.");
    }

    /** A property is missing. */
    public static ServiceFault missing(String name) {
        return new ServiceFault(
                BAD_REQUEST,
                "MissingRequiredProperty",
                "A required property was not specified in the request body.",
                Map.of("PropertyName", name));
    }

    /** A property has a value that it cannot have. */
    public static ServiceFault invalid(String name, JsonNode value, String reason) {
        return value.isContainerNode() ? invalid(name, reason) : invalid(name, value.asText(), reason);
    }

    /** A property has a value that it cannot have. */
    public static ServiceFault invalid(String name, String value, String reason) {
        if (UNSPOKEN.matcher(name).matches()) {
            return invalid(name, reason);
        }
        Map<String, String> values = new LinkedHashMap<>();
        values.put("PropertyName", name);
        values.put("PropertyValue", QuotedValue.of(value));
        values.put("Reason", reason);
        return coded("InvalidPropertyValue", values);
    }

    /** A property has a value that it cannot have and that is not repeated. */
    private static ServiceFault invalid(String name, String reason) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("PropertyName", name);
        values.put("Reason", reason);
        return coded("InvalidPropertyValue", values);
    }

    private static ServiceFault coded(String code, Map<String, String> values) {
        return new ServiceFault(
                BAD_REQUEST,
                code,
                "The value provided for one of the properties in the request body is invalid.",
                values);
    }

    /** A property that the service has asks for what this machine cannot do. */
    public static ServiceFault unsupported(String name, String reason) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("PropertyName", name);
        values.put("Reason", reason);
        return new ServiceFault(
                BAD_REQUEST,
                "UnsupportedProperty",
                "The property '" + name + "' is not supported by this emulator: " + reason,
                values);
    }

    /** A priority out of its range. */
    public static ServiceFault priority(int priority) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("PropertyName", "priority");
        values.put("PropertyValue", Integer.toString(priority));
        values.put("Reason", "A priority is from -" + JobSpec.MAX_PRIORITY + " to " + JobSpec.MAX_PRIORITY + ".");
        return new ServiceFault(
                BAD_REQUEST, "OutOfRangePriority", "The priority is outside the permissible range.", values);
    }
}
