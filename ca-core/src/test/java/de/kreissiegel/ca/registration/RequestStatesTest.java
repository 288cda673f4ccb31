package de.kreissiegel.ca.registration;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.issuance.House;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RequestStatesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final Subject SUBJECT = House.person("Anna Amsel", House.TOWN, null);

  @Test
  void reachesAnEndByLegalStepsOnlyWhateverPeopleDo() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      int needed = random.nextInt(3);
      CertificateRequest state = new CertificateRequest.Submitted(content()).route(needed);
      for (int step = 0; step < 12; step++) {
        CertificateRequest next = act(state, random);
        assertThat(next.content()).as("seed " + seed).isEqualTo(state.content());
        assertThat(state.isOpen() || next.equals(state)).as("seed " + seed).isTrue();
        if (next instanceof CertificateRequest.Approved approved) {
          assertThat(approved.approvals()).as("seed " + seed).hasSize(needed);
          var officers = new HashSet<SubjectId>();
          approved.approvals().forEach(approval -> officers.add(approval.officer()));
          assertThat(officers).as("seed " + seed).hasSize(needed).doesNotContain(SUBJECT.id());
        }
        state = next;
      }
    }
  }

  private static CertificateRequest act(CertificateRequest state, Random random) {
    try {
      return switch (state) {
        case CertificateRequest.AwaitingApproval waiting ->
            switch (random.nextInt(6)) {
              case 0 -> waiting.refuse("Otto", "no", NOW);
              case 1 -> waiting.withdraw(NOW);
              case 2 -> waiting.expire(NOW);
              case 3 -> waiting.approve(approval(SUBJECT.id().value()));
              default -> waiting.approve(approval("officer-" + random.nextInt(3)));
            };
        case CertificateRequest.Approved approved ->
            random.nextBoolean()
                ? approved.issue(new AuthorityName("a"), new SerialNumber(BigInteger.TEN))
                : approved.refuse("vault", "no", NOW);
        default -> state;
      };
    } catch (de.kreissiegel.ca.refusal.Refused no) {
      return state;
    }
  }

  private static Approval approval(String officer) {
    return new Approval(new SubjectId(officer), officer, NOW, Optional.empty());
  }

  private static CertificateRequest.Content content() {
    return new CertificateRequest.Content(
        new RequestId(UUID.randomUUID()),
        "person:" + SUBJECT.id(),
        "Anna Amsel",
        House.TOWN,
        new ProfileName("smime"),
        SUBJECT,
        Optional.empty(),
        Bytes.of(new byte[] {1}),
        Optional.empty(),
        List.of(),
        "",
        NOW);
  }
}
