package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.NameWords;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Certificates of a district that has been issuing for three years, as rows for {@code COPY}. */
final class MadeCertificates {
  static final String CERTIFICATE =
      "authority, serial, encoded, profile, tenant, subject_id, subject_name, alternative_names,"
          + " request_id, public_key_hash, not_before, not_after, state, state_since,"
          + " revocation_reason, journal_index, journal_hash, terms, fingerprint, fingerprint_sha1,"
          + " key_identifier";
  static final String REQUEST =
      "id, state, applicant, applicant_name, tenant, profile, subject_id, subject_kind,"
          + " subject_home, subject_tenants, subject_name, subject_given_name, subject_surname,"
          + " subject_mail, subject_login, subject_enabled, subject_dn, subject_responsible,"
          + " public_key, public_key_hash, wishes, remark, submitted_at, approvals_needed,"
          + " authority, serial";

  private static final long THREE_YEARS = 3 * 365 * 86_400L;

  private static final List<String> GIVEN =
      List.of(
          "Anna Jörg Lukas Käthe Björn Sophie Maximilian Günter Ute Zoë Jürgen Heike Ahmet Ayşe"
              .split(" "));
  private static final List<String> SYLLABLES =
      List.of("Mül Schnei Kauf Hof Wag Brand Sie Lö Stei Kräm Zim Rei Fuchs Acker".split(" "));
  private static final List<String> ENDINGS =
      List.of(
          "ler der mann meister ner berger hauer mer ger hart brecht wig bauer ".split(" ", -1));
  private static final AlgorithmIdentifier ECDSA =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384);
  private static final AlgorithmIdentifier P256 =
      new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1);
  private static final X500Name ISSUER = new X500Name("C=DE,O=Landkreis,CN=Issuing CA");
  private static final HexFormat HEX = HexFormat.of();

  private final Instant now;
  private final long count;
  private final Random random;
  private final List<String> tenants;
  private long number;

  /**
   * @param now the last is issued then
   * @param count how many there will be, one after the other in three years
   * @param tenants the first tenants' ids, those with the most certificates; may be empty
   */
  MadeCertificates(Instant now, long count, long seed, List<String> tenants) {
    this.now = now.truncatedTo(ChronoUnit.SECONDS);
    this.count = count;
    this.random = new Random(seed);
    this.tenants = List.copyOf(tenants);
  }

  /** The octets of a certificate. */
  static Bytes oneEncoded() {
    try {
      var made = new MadeCertificates(Instant.EPOCH, 1, 1, List.of());
      return Bytes.of(
          made.encoded(
              "1", Instant.EPOCH, Instant.EPOCH, "CN=A", false, "", "a@b.example", made.key()));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Rows of each table. */
  record Rows(Reader certificates, Reader requests, Reader approvals, Reader facts) {}

  Rows next(int count) throws IOException {
    var certificates = new StringBuilder();
    var requests = new StringBuilder();
    var approvals = new StringBuilder();
    var facts = new StringBuilder();
    for (int i = 0; i < count; i++) {
      One one = one(number++);
      certificates.append(one.certificate);
      requests.append(one.request);
      approvals.append(one.approval);
      facts.append(one.fact);
    }
    return new Rows(
        new StringReader(certificates.toString()),
        new StringReader(requests.toString()),
        new StringReader(approvals.toString()),
        new StringReader(facts.toString()));
  }

  private record One(String certificate, String request, String approval, String fact) {}

  /** The tenants' share falls: the first has a sixth, the last less than a hundredth. */
  private String tenant() {
    int place = (int) (27 * Math.pow(random.nextDouble(), 1.7));
    return place < tenants.size()
        ? tenants.get(place)
        : "gemeinde-" + (char) ('a' + place % 26) + place + ".example";
  }

  private One one(long index) throws IOException {
    boolean device = random.nextInt(5) == 0;
    String tenant = tenant();
    String given = GIVEN.get(random.nextInt(GIVEN.size()));
    String surname =
        SYLLABLES.get(random.nextInt(SYLLABLES.size()))
            + ENDINGS.get(random.nextInt(ENDINGS.size()))
            + (random.nextInt(3) == 0
                ? "-" + SYLLABLES.get(random.nextInt(14)) + ENDINGS.get(random.nextInt(14))
                : "");
    int copy = random.nextInt(2000);
    String local = ascii(given) + "." + ascii(surname) + copy;
    String common = device ? "pc" + index + "." + tenant : given + " " + surname;
    String dn = "CN=" + common + ",O=" + tenant.substring(0, tenant.indexOf('.')) + ",C=DE";
    String alternatives = device ? "dns:" + common : "mail:" + local + "@" + tenant;
    String authority = device ? "devices" : "people";
    String profile =
        device
            ? "tls-server"
            : random.nextInt(5000) == 0
                ? "officer"
                : random.nextBoolean() ? "vpn-person" : "smime-person";
    Instant from = now.minusSeconds(THREE_YEARS - THREE_YEARS * index / count);
    Instant to = from.plus(Duration.ofDays(device ? 397 : 730)).minusSeconds(1);
    String serial = new BigInteger(127, random).setBit(126).toString(16);
    SubjectPublicKeyInfo key = key();
    byte[] encoded = encoded(serial, from, to, dn, device, common, local + "@" + tenant, key);
    Digests digests = Digests.of(Bytes.of(encoded));
    byte[] keyHash = Digests.digest("SHA-256", key.getEncoded());
    String subject = uuid().toString();
    UUID request = uuid();
    int fate = random.nextInt(100);
    String state = fate < 6 ? "revoked" : fate == 6 ? "hold" : "good";
    String since = state.equals("good") ? "\\N" : from.plus(Duration.ofDays(10)).toString();
    String reason = state.equals("revoked") ? "4" : "\\N";
    List<String> terms =
        SearchTerms.of(
            NameWords.of(dn, alternatives),
            Optional.of(new TenantId(tenant)),
            new ProfileName(profile),
            new AuthorityName(authority));
    String certificate =
        row(
            authority,
            serial,
            octets(encoded),
            profile,
            tenant,
            subject,
            dn,
            alternatives,
            request,
            octets(keyHash),
            from,
            to,
            state,
            since,
            reason,
            index,
            octets(keyHash),
            terms.stream().map(term -> "'" + term + "'").collect(Collectors.joining(" ")),
            octets(digests.sha256()),
            octets(digests.sha1()),
            octets(digests.keyIdentifier().orElseThrow()));
    String requestRow =
        row(
            request,
            "issued",
            "person:" + subject,
            common,
            tenant,
            profile,
            subject,
            device ? "DEVICE" : "PERSON",
            tenant,
            "{" + tenant + "}",
            common,
            given,
            surname,
            local + "@" + tenant,
            local,
            true,
            dn,
            "{" + subject + "}",
            octets(key.getEncoded()),
            octets(keyHash),
            "{}",
            "",
            from.minusSeconds(3600),
            1,
            authority,
            serial);
    return new One(
        certificate,
        requestRow,
        row(request, "person:officer-of-" + tenant, "Olaf Beamter", from),
        state.equals("good") ? "" : row(authority, serial, state, since, reason));
  }

  private byte[] encoded(
      String serial,
      Instant from,
      Instant to,
      String dn,
      boolean device,
      String host,
      String mail,
      SubjectPublicKeyInfo key)
      throws IOException {
    var extensions = new ExtensionsGenerator();
    extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    extensions.addExtension(
        Extension.extendedKeyUsage,
        false,
        new ExtendedKeyUsage(
            device ? KeyPurposeId.id_kp_serverAuth : KeyPurposeId.id_kp_clientAuth));
    extensions.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(
            device
                ? new GeneralName(GeneralName.dNSName, host)
                : new GeneralName(GeneralName.rfc822Name, mail)));
    extensions.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        new SubjectKeyIdentifier(Digests.digest("SHA-1", key.getPublicKeyData().getOctets())));
    extensions.addExtension(
        Extension.cRLDistributionPoints,
        false,
        new CRLDistPoint(
            new DistributionPoint[] {
              new DistributionPoint(
                  new DistributionPointName(
                      new GeneralNames(
                          new GeneralName(
                              GeneralName.uniformResourceIdentifier,
                              "http://pki.landkreis.example/crl/people.crl"))),
                  null,
                  null)
            }));
    var tbs = new V3TBSCertificateGenerator();
    tbs.setSerialNumber(new org.bouncycastle.asn1.ASN1Integer(new BigInteger(serial, 16)));
    tbs.setSignature(ECDSA);
    tbs.setIssuer(ISSUER);
    tbs.setStartDate(new Time(Date.from(from)));
    tbs.setEndDate(new Time(Date.from(to)));
    tbs.setSubject(new X500Name(dn));
    tbs.setSubjectPublicKeyInfo(key);
    tbs.setExtensions(extensions.generate());
    byte[] noSignature = new byte[103];
    random.nextBytes(noSignature);
    return new DERSequence(
            new ASN1Encodable[] {
              tbs.generateTBSCertificate(), ECDSA, new DERBitString(noSignature)
            })
        .getEncoded();
  }

  /** Octets in the place of a point; it isn't one of the curve. */
  private SubjectPublicKeyInfo key() {
    byte[] point = new byte[65];
    random.nextBytes(point);
    point[0] = 4;
    return new SubjectPublicKeyInfo(P256, point);
  }

  private UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private static String ascii(String name) {
    return String.join("", NameWords.lookedFor(name)).toLowerCase(Locale.ROOT);
  }

  private static String octets(byte[] octets) {
    return "\\\\x" + HEX.formatHex(octets);
  }

  private static String row(Object... columns) {
    var line = new StringBuilder();
    for (Object column : columns) {
      line.append(line.isEmpty() ? "" : "\t").append(column);
    }
    return line.append('\n').toString();
  }
}
