package de.kreissiegel.ra.walkthrough;

/**
 * What a step brought.
 *
 * @param value for the steps after it
 * @param sentence for the person who reads
 */
record Seen<T>(T value, String sentence) {}
