package de.kreissiegel.ra.session;

/**
 * A kind of record that pages may keep in a session, beside texts, numbers, lists and maps of such.
 * What no bean of this type names can't be kept.
 *
 * @param name stands for it in what is stored, and never changes
 * @param type of records, enums, texts, numbers and instants only
 */
public record Keepable(String name, Class<? extends Record> type) {}
