package de.kreissiegel.ca.refusal;

/**
 * A "no" that a user can cause.
 *
 * @param reason its kind, for which each door has words and codes
 * @param detail what exactly, in English, for the log, the audit trail and the API; may be shown,
 *     never holds a secret
 */
public record Refusal(RefusalReason reason, String detail) {}
