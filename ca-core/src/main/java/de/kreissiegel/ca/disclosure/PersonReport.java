package de.kreissiegel.ca.disclosure;

import de.kreissiegel.ca.subject.SubjectId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * All there is about one person.
 *
 * @param person who
 * @param sections each with its entries, the oldest first; an entry has its values by their names,
 *     in order, without those that are empty
 */
public record PersonReport(SubjectId person, Map<Section, List<Map<String, String>>> sections) {
  public PersonReport {
    sections = new EnumMap<>(sections);
  }

  /** Whether there is nothing. */
  public boolean isEmpty() {
    return sections.values().stream().allMatch(List::isEmpty);
  }

  /** A kind of entry. */
  public enum Section {
    /** Terms that they accepted. */
    TERMS,
    /** Certificates that name them. */
    CERTIFICATES,
    /** Names that stand for theirs in certificates. */
    PSEUDONYMS,
    /** Applications by them or for them. */
    REQUESTS,
    /** The code by which they revoke on the phone; the code itself nobody knows. */
    PHONE_CODE,
    /** Passkeys by which they log in. */
    PASSKEYS,
    /** Where they are logged in now. */
    SESSIONS,
    /** Lists that they brought, and rows of others' lists that are about them. */
    LISTS,
    /** Cards, keys and tokens that they got, handed out or took back. */
    EQUIPMENT,
    /** Applications of others that they approved. */
    DECISIONS,
    /** How they were checked, and whom they checked how. */
    CHECKS,
    /** Which entries were taken for the same human as theirs, or not. */
    LINKS,
    /** What they asked applicants. */
    QUESTIONS,
    /** For whom they stood in, and which grants to others they had a hand in. */
    GRANTS,
    /** Copies of their keys in escrow; the keys themselves nobody sees. */
    ESCROW,
    /** Recoveries of their keys, and those that they asked for, signed or collected. */
    RECOVERIES,
    /** Offices of theirs that excluded each other. */
    ROLE_CONFLICTS,
    /** Reviews that they made as revisors, and what revisors found with what they did. */
    REVISIONS,
    /** As what the directory names them. */
    ROSTER,
    /** What changed in the directory and had them lose something, or may. */
    CHANGES,
    /** Certificates that they were given a reason to ask for. */
    OCCASIONS,
    /** What they had to hear when an authority came to its end. */
    NOTICES,
    /** Campaigns that they made or let go on, and that asked about their certificates. */
    CAMPAIGNS,
    /** What they were told by mail. */
    LETTERS,
    /** What they did. */
    DEEDS,
    /** What was done with their certificates and applications. */
    EVENTS,
    /** Who looked at them. */
    READS
  }
}
