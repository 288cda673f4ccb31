package de.kreissiegel.ca.letter;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.Map;
import java.util.Set;

/**
 * What a cue comes to, now that it was looked up.
 *
 * @param key names it; with the recipient it is the letter's
 * @param about as the audit trail names it
 * @param said the values for the text
 * @param audience who has to hear
 */
record Story(String key, String about, Map<String, String> said, Audience audience) {
  /** Who has to hear of something. */
  sealed interface Audience {
    /** This person, or, if it is none, those who answer for it. */
    record Holder(SubjectId subject) implements Audience {}

    /**
     * The tenant's officers, or those who appoint them.
     *
     * @param task who of them
     * @param except who needn't hear: they asked for it, or have said yes
     * @param house whether whoever runs the house hears, too
     */
    record Officers(TenantId tenant, Task task, Set<SubjectId> except, boolean house)
        implements Audience {}

    /** What officers are wanted for. */
    enum Task {
      /** To decide on applications, and to look after certificates. */
      DECIDING,
      /** To say who is an officer. */
      APPOINTING,
      /** To let go what the directory's brake holds, or what nobody decided on: either do. */
      RELEASING
    }

    /**
     * This person, or those who answer for it; where nobody of them is there any more, those who
     * appoint the tenant's officers, and whoever runs the house.
     */
    record HolderOrLeads(SubjectId subject, TenantId tenant) implements Audience {}

    /** Who is in the directories' groups of revisors, and whoever runs the house. */
    record Revisors() implements Audience {}

    /** Whoever runs the house. */
    record House() implements Audience {}
  }
}
