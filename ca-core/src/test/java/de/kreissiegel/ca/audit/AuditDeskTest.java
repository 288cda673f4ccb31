package de.kreissiegel.ca.audit;

import static de.kreissiegel.ca.inventory.SampleCertificate.EBERN;
import static de.kreissiegel.ca.inventory.SampleCertificate.HASSFURT;
import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.storage.Bookroom;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AuditDeskTest {
  @RegisterExtension static final Bookroom ROOM = new Bookroom();

  private static final Actor AUDITOR = Bookroom.auditor(HASSFURT);

  private final AuditDesk desk = new AuditDesk(ROOM.audit(), ROOM.reads());

  @BeforeEach
  void threeEvents() {
    ROOM.clear();
    append(Optional.of(HASSFURT), "request.approved", "request:1", "100 % in_order");
    append(Optional.of(EBERN), "request.refused", "request:2", "not ours");
    append(Optional.empty(), "directory.brake", "directory", "too many");
  }

  @Test
  void showsAuditorsTheirTenantsAndTheSystemsAffairs() {
    assertThat(details(AUDITOR, query(""))).containsExactly("too many", "100 % in_order");
    assertThat(details(Bookroom.auditor(HASSFURT, EBERN), query(""))).hasSize(3);
  }

  @Test
  void showsNobodyElseAnything() {
    for (Actor actor :
        List.of(
            Bookroom.staff("erika", HASSFURT),
            Bookroom.officer(HASSFURT, EBERN),
            new Actor.Component("directory"))) {
      assertThat(details(actor, query(""))).isEmpty();
    }
  }

  @Test
  void narrowsToTextTenantAndObject() {
    assertThat(details(AUDITOR, query("APPROVED"))).containsExactly("100 % in_order");
    assertThat(details(AUDITOR, query("100 %"))).containsExactly("100 % in_order");
    assertThat(details(AUDITOR, query("1%0"))).isEmpty();
    assertThat(details(AUDITOR, query("not ours"))).isEmpty();
    assertThat(details(AUDITOR, of(Optional.of(HASSFURT), Optional.empty())))
        .containsExactly("100 % in_order");
    assertThat(details(AUDITOR, of(Optional.of(EBERN), Optional.empty()))).isEmpty();
    assertThat(details(AUDITOR, of(Optional.empty(), Optional.of("directory"))))
        .containsExactly("too many");
    assertThat(details(AUDITOR, of(Optional.empty(), Optional.of("request:2")))).isEmpty();
  }

  @Test
  void pagesNewestFirst() {
    for (int i = 0; i < 5; i++) {
      append(Optional.of(HASSFURT), "request.approved", "request:1", "n" + i);
    }

    var page = new AuditQuery("", Optional.of(HASSFURT), Optional.empty(), 1, 3);
    assertThat(details(AUDITOR, page)).containsExactly("n3", "n2", "n1");
  }

  @Test
  void notesThatTheTrailWasRead() {
    desk.read(AUDITOR, query(""));

    assertThat(ROOM.events().getFirst())
        .returns("person.read", AuditEvent::action)
        .returns("list:audit", AuditEvent::object)
        .returns("person:auditor", AuditEvent::actor);
  }

  private List<String> details(Actor actor, AuditQuery query) {
    return desk.read(actor, query).stream()
        .filter(event -> !event.action().equals("person.read"))
        .map(AuditEvent::detail)
        .toList();
  }

  private static AuditQuery query(String text) {
    return new AuditQuery(text, Optional.empty(), Optional.empty(), 0, 10);
  }

  private static AuditQuery of(Optional<TenantId> tenant, Optional<String> object) {
    return new AuditQuery("", tenant, object, 0, 10);
  }

  private static void append(
      Optional<TenantId> tenant, String action, String object, String detail) {
    ROOM.database()
        .database()
        .inTransaction(
            tx -> {
              ROOM.trail().append(tx, new Actor.Component("test"), action, tenant, object, detail);
              return true;
            });
  }
}
