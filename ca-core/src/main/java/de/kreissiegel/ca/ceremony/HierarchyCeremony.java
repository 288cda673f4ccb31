package de.kreissiegel.ca.ceremony;

import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityFiles.Member;
import de.kreissiegel.ca.authority.AuthorityFiles.Standing;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.policyset.AlgorithmCalendar;
import de.kreissiegel.ca.policyset.AlgorithmUse;
import de.kreissiegel.ca.policyset.PolicyExceptions;
import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.x500.X500Name;

/** Leads a hierarchy into being. To be run once, with the root's key active. */
public final class HierarchyCeremony {
  /** Clocks of relying parties differ; a certificate made now is valid on all of them. */
  private static final Duration BACKDATING = Duration.ofMinutes(5);

  private final Signer vault;
  private final Clock clock;
  private final SecureRandom random;
  private final AlgorithmCalendar calendar;

  /** Without exceptions from the algorithm calendar. */
  public HierarchyCeremony(Signer vault, Clock clock, SecureRandom random) {
    this(vault, clock, random, new AlgorithmCalendar(PolicyExceptions.NONE));
  }

  /**
   * @param calendar no certificate is valid for longer than it allows
   */
  public HierarchyCeremony(
      Signer vault, Clock clock, SecureRandom random, AlgorithmCalendar calendar) {
    this.vault = vault;
    this.clock = clock;
    this.random = random;
    this.calendar = calendar;
  }

  /**
   * Makes the certificates and the root's CRL, and writes them down.
   *
   * @param folder an empty folder or one to be made
   * @throws SigningRefused if a key's policy doesn't allow what the plan asks
   */
  public void perform(HierarchyPlan plan, Path folder)
      throws SigningUnavailable, SigningRefused, IOException {
    Map<KeyId, VaultKey> keys =
        vault.keys().stream().collect(Collectors.toMap(VaultKey::id, Function.identity()));
    var make = new AuthorityTbs(random);
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    HierarchyPlan.RootAuthority planned = plan.ownRoot();
    VaultKey rootKey = key(keys, planned.key());
    X500Name rootName = AuthorityNames.of(plan.organization(), planned.commonName());

    Instant rootEnd =
        allowed(rootKey, planned.name(), planned.policySet(), now, after(now, plan.rootValidity()));
    Bytes root =
        sign(
            rootKey,
            SignedStructure.CERTIFICATE,
            make.root(rootName, rootKey, now.minus(BACKDATING), rootEnd));
    var members = new ArrayList<Member>();
    members.add(
        new Member(planned.name(), planned.key(), Optional.empty(), root)
            .with(Standing.first(planned.name(), planned.policySet())));
    for (HierarchyPlan.IssuingAuthority authority : plan.underRoot()) {
      Bytes certificate =
          sign(
              rootKey,
              SignedStructure.CERTIFICATE,
              make.issuing(
                  plan.addresses(),
                  planned.name(),
                  rootName,
                  rootKey,
                  AuthorityNames.of(plan.organization(), authority.commonName()),
                  key(keys, authority.key()),
                  authority.names(),
                  now.minus(BACKDATING),
                  allowed(
                      key(keys, authority.key()),
                      authority.name(),
                      authority.policySet(),
                      now,
                      earlier(after(now, plan.issuingValidity()), rootEnd))));
      members.add(
          new Member(
                  authority.name(),
                  authority.key(),
                  Optional.of(authority.ocspKey()),
                  certificate,
                  authority.lists())
              .with(Standing.first(authority.name(), authority.policySet())));
    }
    Bytes crl =
        sign(
            rootKey,
            SignedStructure.CERTIFICATE_LIST,
            make.emptyCrl(rootName, rootKey, now, after(now, plan.rootCrlValidity())));
    AuthorityFiles.write(folder, List.copyOf(members), Map.of(planned.name(), crl));
  }

  private Instant allowed(
      VaultKey key, AuthorityName name, PolicySet set, Instant now, Instant end) {
    return calendar
        .latestEnd(
            AlgorithmUse.of(AlgorithmUse.Purpose.AUTHORITY, key.publicKey()),
            set,
            now,
            Set.of(name.value()))
        .filter(end::isAfter)
        .orElse(end);
  }

  private Bytes sign(VaultKey key, SignedStructure structure, ASN1Object toBeSigned)
      throws SigningUnavailable, SigningRefused, IOException {
    Bytes octets = Bytes.of(toBeSigned.getEncoded("DER"));
    UUID id = new UUID(random.nextLong(), random.nextLong());
    Bytes signature = vault.sign(new SignRequest(id, key.id(), structure, octets)).signature();
    return AuthorityTbs.assemble(toBeSigned, key, signature);
  }

  private static VaultKey key(Map<KeyId, VaultKey> keys, KeyId id) {
    VaultKey key = keys.get(id);
    if (key == null) {
      throw new IllegalArgumentException("the vault has no key " + id);
    }
    return key;
  }

  private static Instant after(Instant start, TemporalAmount length) {
    // "One year" ends a second before its anniversary: notAfter is inclusive (RFC 5280 §4.1.2.5).
    return start.atOffset(ZoneOffset.UTC).plus(length).toInstant().minusSeconds(1);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
