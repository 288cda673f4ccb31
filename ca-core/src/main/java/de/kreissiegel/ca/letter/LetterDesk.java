package de.kreissiegel.ca.letter;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.List;
import java.util.stream.Stream;

/** Tells those who look after people which mails didn't arrive. */
public final class LetterDesk {
  private final LetterBook book;

  public LetterDesk(LetterBook book) {
    this.book = book;
  }

  /**
   * What was given up or came back of letters about these things; nothing for who may not see the
   * tenant's certificates.
   *
   * @param about as the audit trail names them
   */
  public List<LetterBook.Entry> troubles(Actor actor, TenantId tenant, Stream<String> about) {
    return AccessRules.allows(actor, Action.VIEW_CERTIFICATES, tenant)
        ? about.flatMap(one -> book.troublesAbout(one).stream()).toList()
        : List.of();
  }
}
