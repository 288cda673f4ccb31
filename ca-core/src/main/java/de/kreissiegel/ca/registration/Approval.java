package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.subject.SubjectId;
import java.time.Instant;

/**
 * An officer's yes.
 *
 * @param officer who
 * @param officerName for display, as it was then
 * @param at when
 */
public record Approval(SubjectId officer, String officerName, Instant at) {}
