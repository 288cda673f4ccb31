package de.kreissiegel.hsm.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.token.PublicKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.Test;

/** What every way to a vault keeps. The keys are those of {@link TestVault}. */
public abstract class SignerContract {
  protected abstract Signer signer();

  private VaultKey key(KeyId id) throws SigningUnavailable {
    return TestVault.key(signer(), id);
  }

  private SignRequest certificate() throws SigningUnavailable {
    VaultKey key = key(TestVault.PEOPLE_KEY);
    return Structures.request(
        key, SignedStructure.CERTIFICATE, Structures.certificate(Instant.now(), key).encoded());
  }

  @Test
  void tellsItsKeysWithWhatTheySignAndWhetherTheyAreLocked() throws Exception {
    assertThat(key(TestVault.PEOPLE_KEY).structures())
        .containsExactlyInAnyOrder(SignedStructure.CERTIFICATE, SignedStructure.CERTIFICATE_LIST);
    assertThat(key(TestVault.PEOPLE_KEY).state()).isEqualTo(VaultKey.State.ACTIVE);
    assertThat(key(TestVault.ROOT_KEY).state()).isEqualTo(VaultKey.State.LOCKED);
    assertThat(key(TestVault.OCSP_KEY).structures()).containsExactly(SignedStructure.OCSP_RESPONSE);
  }

  @Test
  void signsEachKindOfStructureSoThatItVerifies() throws Exception {
    Instant now = Instant.now();
    VaultKey people = key(TestVault.PEOPLE_KEY);
    VaultKey ocsp = key(TestVault.OCSP_KEY);
    VaultKey audit = key(TestVault.AUDIT_KEY);
    verified(people, certificate());
    verified(
        people,
        Structures.request(
            people,
            SignedStructure.CERTIFICATE_LIST,
            Structures.list(TestVault.ISSUER, people, now, now.plus(Duration.ofDays(7)))));
    verified(
        ocsp,
        Structures.request(
            ocsp,
            SignedStructure.OCSP_RESPONSE,
            Structures.ocsp(ocsp, now, now.plus(Duration.ofDays(1)))));
    verified(
        audit,
        Structures.request(
            audit, SignedStructure.AUDIT_HEAD, Structures.auditHead(7, Instant.now())));
  }

  private void verified(VaultKey key, SignRequest request) throws Exception {
    Signed signed = signer().sign(request);
    assertThat(
            PublicKeys.verifies(
                key.publicKey(), request.toBeSigned().toArray(), signed.signature().toArray()))
        .isTrue();
  }

  @Test
  void journalsWhatItSigned() throws Exception {
    SignRequest request = certificate();
    Signed signed = signer().sign(request);

    JournalRecord record = signer().journal(signed.journalIndex(), 1).getFirst();

    assertThat(record.index()).isEqualTo(signed.journalIndex());
    assertThat(record.requestId()).isEqualTo(request.id());
    assertThat(record.key()).isEqualTo(TestVault.PEOPLE_KEY);
    assertThat(record.structure()).isEqualTo(SignedStructure.CERTIFICATE);
    assertThat(record.toBeSigned()).contains(request.toBeSigned());
    assertThat(record.signature()).isEqualTo(signed.signature());
    assertThat(record.entryHash()).isEqualTo(signed.entryHash());
  }

  @Test
  void readsNothingBehindTheEndOfTheJournal() throws Exception {
    assertThat(signer().journal(1_000_000, 10)).isEmpty();
  }

  @Test
  void answersTheSameRequestTwiceWithOneSignature() throws Exception {
    SignRequest request = certificate();
    assertThat(signer().sign(request)).isEqualTo(signer().sign(request));
  }

  @Test
  void refusesAnIdThatWasUsedForSomethingElse() throws Exception {
    SignRequest first = certificate();
    signer().sign(first);
    SignRequest other =
        new SignRequest(first.id(), first.key(), first.structure(), certificate().toBeSigned());
    refused(other, SigningRefused.Reason.ID_REUSED, "");
  }

  @Test
  void refusesAKeyThatIsNotThere() throws Exception {
    SignRequest request = certificate();
    refused(
        new SignRequest(
            request.id(), new KeyId("nobody"), request.structure(), request.toBeSigned()),
        SigningRefused.Reason.UNKNOWN_KEY,
        "nobody");
  }

  @Test
  void refusesALockedKey() throws Exception {
    VaultKey root = key(TestVault.ROOT_KEY);
    Structures.CertificateDraft draft = Structures.certificate(Instant.now(), root).authority(0);
    draft.issuer = TestVault.ROOT;
    refused(
        Structures.request(root, SignedStructure.CERTIFICATE, draft.encoded()),
        SigningRefused.Reason.LOCKED_KEY,
        "root");
  }

  @Test
  void refusesWhatThePolicyForbidsAndNamesTheRule() throws Exception {
    VaultKey people = key(TestVault.PEOPLE_KEY);
    Bytes authority =
        Structures.certificate(Instant.now(), people)
            .extension(Extension.basicConstraints, true, new BasicConstraints(0))
            .encoded();
    refused(
        Structures.request(people, SignedStructure.CERTIFICATE, authority),
        SigningRefused.Reason.POLICY,
        "no-authorities");
  }

  @Test
  void refusesWhatItCannotRead() throws Exception {
    refused(
        Structures.request(
            key(TestVault.PEOPLE_KEY), SignedStructure.CERTIFICATE, Bytes.fromHex("3003020100ff")),
        SigningRefused.Reason.MALFORMED,
        "CERTIFICATE");
  }

  @Test
  void givesConcurrentRequestsOneJournalWithoutGaps() throws Exception {
    SignRequest shared = certificate();
    List<Callable<Signed>> work = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      SignRequest own = i % 4 == 0 ? shared : certificate();
      work.add(() -> signer().sign(own));
    }
    Set<Long> indexes = new HashSet<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Signed> signed : threads.invokeAll(work)) {
        indexes.add(signed.get().journalIndex());
      }
    }
    assertThat(indexes).hasSize(31);
    long last = indexes.stream().mapToLong(index -> index).max().orElseThrow();
    assertThat(signer().journal(0, 1000))
        .extracting(JournalRecord::index)
        .startsWith(0L, 1L)
        .contains(last)
        .isSorted();
  }

  private void refused(SignRequest request, SigningRefused.Reason reason, String words) {
    assertThatThrownBy(() -> signer().sign(request))
        .isInstanceOfSatisfying(
            SigningRefused.class, refused -> assertThat(refused.reason()).isEqualTo(reason))
        .hasMessageContaining(words);
  }
}
