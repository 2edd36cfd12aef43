package io.twinbatch.azure.client;

/**
 * What of a listing is asked for; a null part is left to the service.
 *
 * @param filter an OData filter, such as {@code state eq 'active'}
 * @param select the properties of each item, with commas between
 * @param maxResults how many items a page has at most, 1 to 1000
 */
public record ListOptions(String filter, String select, Integer maxResults) {
    /** Everything, in pages of the service's choice. */
    public static final ListOptions ALL = new ListOptions(null, null, null);

    /** The items that match a filter. */
    public static ListOptions filter(String filter) {
        return new ListOptions(filter, null, null);
    }

    /** The same items with these properties alone. */
    public ListOptions withSelect(String properties) {
        return new ListOptions(filter, properties, maxResults);
    }

    /** The same items in pages of at most this size. */
    public ListOptions withMaxResults(int size) {
        return new ListOptions(filter, select, size);
    }
}
