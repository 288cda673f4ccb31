package de.kreissiegel.ra.errors;

/**
 * A refusal in the words of people.
 *
 * @param code which one, the same in every language and release, as {@code bad-pop} or {@code
 *     http-404}
 * @param title what happened, in a few words
 * @param cause why
 * @param nextStep what to do about it
 */
public record Explanation(String code, String title, String cause, String nextStep) {}
