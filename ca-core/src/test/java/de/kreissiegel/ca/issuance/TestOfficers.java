package de.kreissiegel.ca.issuance;

import de.kreissiegel.ca.registration.OfficerCertificates;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.hsm.approval.OfficerKey;
import de.kreissiegel.hsm.approval.OfficerScope;
import de.kreissiegel.hsm.signing.Bytes;
import java.math.BigInteger;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Officers' keys with certificates that nobody issued: the desk is told that they are officers', so
 * that tests about something else need no appointments.
 */
public final class TestOfficers implements OfficerCertificates {
  private final Clock clock;
  private final Map<SubjectId, Officer> officers = new HashMap<>();

  TestOfficers(Clock clock) {
    this.clock = clock;
  }

  private record Officer(OfficerKey key, Bytes certificate) {}

  /** This person's, made when it is first asked for. */
  public synchronized OfficerKey key(SubjectId person) {
    return officers.computeIfAbsent(person, _ -> make()).key();
  }

  /** Takes it away, as if the certificate were revoked. */
  public synchronized void dismiss(SubjectId person) {
    officers.remove(person);
  }

  @Override
  public synchronized List<Bytes> of(SubjectId person, Instant now) {
    return officers.containsKey(person) ? List.of(officers.get(person).certificate()) : List.of();
  }

  private Officer make() {
    try {
      KeyPair pair = SampleRequests.elliptic("secp256r1");
      var name = new X500Name("CN=Officer");
      Instant now = clock.instant();
      byte[] certificate =
          new JcaX509v3CertificateBuilder(
                  name,
                  BigInteger.valueOf(1 + officers.size()),
                  Date.from(now),
                  Date.from(now.plus(Duration.ofDays(365))),
                  name,
                  pair.getPublic())
              .addExtension(
                  org.bouncycastle.asn1.x509.Extension.keyUsage,
                  true,
                  new org.bouncycastle.asn1.x509.KeyUsage(
                      org.bouncycastle.asn1.x509.KeyUsage.digitalSignature))
              .addExtension(
                  new org.bouncycastle.asn1.ASN1ObjectIdentifier(OfficerScope.EXTENSION),
                  false,
                  new OfficerScope("somebody", List.of("*")).extensionValue().toArray())
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
              .getEncoded();
      return new Officer(
          new OfficerKey(pair.getPrivate(), Bytes.of(certificate)), Bytes.of(certificate));
    } catch (Exception broken) {
      throw new IllegalStateException(broken);
    }
  }
}
