package de.kreissiegel.ca.revision;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.audit.AuditHeads;
import de.kreissiegel.ca.audit.HeadSigner;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.KeyId;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;

/** The first half of 2026 in a town, a village and the house, and two revisors of the town. */
public final class HalfYear {
  public static final TenantId TOWN = new TenantId("stadt-a.example");
  public static final TenantId VILLAGE = new TenantId("gemeinde-b.example");

  public final CalendarClock clock = new CalendarClock("2026-02-10");
  public final HeadSigner vault = new HeadSigner();
  public final SecureRandom random = new SecureRandom();
  public final Actor.Person ronja = revisor("ronja", TOWN);
  public final Actor.Person rolf = revisor("rolf", TOWN);
  public final Actor.Person stranger = revisor("stranger", VILLAGE);
  public final Books books;
  public final RevisionDesk desk;

  public HalfYear(TestDatabase database) throws Exception {
    database.clear();
    books = Books.of(database.source(), "node-1", clock, random);
    desk =
        new RevisionDesk(
            books.ofRevision(), RevisionSettings.USUAL, vault.publicKey(), clock, random);
    for (int i = 1; i <= 12; i++) {
      happen("certificate.issued", Optional.of(TOWN), "certificate:people/0%x".formatted(i));
    }
    for (int i = 1; i <= 3; i++) {
      happen("request.refused", Optional.of(TOWN), "request:" + i);
    }
    happen("certificate.issued", Optional.of(VILLAGE), "certificate:people/ff");
    happen("login.emergency", Optional.empty(), "person:anna");
    signHeads();
    clock.set("2026-07-05");
  }

  /** Something happens now. */
  public void happen(String action, Optional<TenantId> tenant, String object) {
    happen(new Actor.Component("test"), action, tenant, object);
  }

  /** Somebody does something now. */
  public void happen(Actor actor, String action, Optional<TenantId> tenant, String object) {
    books
        .transactions()
        .<Boolean, RuntimeException>inTransaction(
            transaction -> {
              books.audit().append(transaction, actor, action, tenant, object, "wie und warum");
              return true;
            });
  }

  public void signHeads() throws Exception {
    new AuditHeads(books.auditEvents(), vault, new KeyId("audit"), clock).signMoved();
  }

  public static Actor.Person revisor(String id, TenantId... tenants) {
    return new Actor.Person(
        new SubjectId(id),
        "Frau " + id,
        id,
        Set.of(),
        Set.of(),
        Set.of(),
        Set.of(tenants),
        Proof.CERTIFICATE);
  }
}
