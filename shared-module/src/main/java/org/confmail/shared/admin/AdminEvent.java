package org.confmail.shared.admin;

/**
 * A notification that a server sends to those who subscribed.
 *
 * @param name such as {@code log.lines}
 * @param type a record with a component {@code subscription}, the number that the subscribing method gave
 * @param help when it comes
 */
public record AdminEvent<E extends Record>(String name, Class<E> type, String help) {

    /** What a subscribing method gives. */
    public record Subscribed(
            @Doc("the number that the notifications carry, and that unsubscribe takes")
            long subscription) {}
}
