package de.kreissiegel.ra.mail;

/**
 * A letter's words.
 *
 * @param subject one line
 * @param text for programs that show no HTML
 * @param html the same, nice; nothing in it is fetched from anywhere
 */
public record MailText(String subject, String text, String html) {}
