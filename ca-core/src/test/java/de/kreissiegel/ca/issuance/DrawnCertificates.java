package de.kreissiegel.ca.issuance;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.ceremony.AuthorityNames;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.Field;
import de.kreissiegel.ca.profile.FieldSource;
import de.kreissiegel.ca.profile.KeyAlgorithm;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.FieldValue;
import de.kreissiegel.ca.registration.FieldValues;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.registration.SubjectKey;
import de.kreissiegel.ca.status.StatusAddresses;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.subject.WindowsAccount;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.approval.OfficerScope;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.math.BigInteger;
import java.net.URI;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;

/**
 * Certificates of any profile that comes along, for any subject it takes, with any key it takes,
 * drawn by chance and signed.
 */
final class DrawnCertificates {
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final StatusAddresses ADDRESSES =
      new StatusAddresses(URI.create("http://pki.example:8080"));
  private static final Bytes ALGORITHM = Bytes.fromHex("300a06082a8648ce3d040302");
  private static final KeyPair ISSUER = SampleRequests.elliptic("secp256r1");
  private static final List<CertificateProfile> PROFILES =
      List.copyOf(ProfileCatalog.bundled().all());

  /** Of each kind one: the key's own octets are the least of what parsers could differ about. */
  private static final Map<KeyAlgorithm, KeyPair> KEYS = new EnumMap<>(KeyAlgorithm.class);

  static {
    KEYS.put(KeyAlgorithm.EC_P256, SampleRequests.elliptic("secp256r1"));
    KEYS.put(KeyAlgorithm.EC_P384, SampleRequests.elliptic("secp384r1"));
    KEYS.put(KeyAlgorithm.EC_P521, SampleRequests.elliptic("secp521r1"));
    KEYS.put(KeyAlgorithm.BRAINPOOL_P256, SampleRequests.brainpool("brainpoolP256r1"));
    KEYS.put(KeyAlgorithm.BRAINPOOL_P384, SampleRequests.brainpool("brainpoolP384r1"));
    KEYS.put(KeyAlgorithm.BRAINPOOL_P512, SampleRequests.brainpool("brainpoolP512r1"));
    KEYS.put(KeyAlgorithm.RSA, SampleRequests.rsa(3072));
  }

  private static final List<String> GIVEN =
      List.of("Anna", "Jörg", "Zoë", "Łukasz", "Jean-Luc", "D’Artagnan", "Nguyễn", "Σοφία", "李");
  private static final List<String> FAMILY =
      List.of(
          "Amsel",
          "Öttinger-Straße",
          "O'Brien",
          "von der Leyen, geb. Albrecht",
          "Schmidt + Söhne",
          "\"Zitat\"",
          "Back\\slash",
          "<spitz>; #raute",
          "= gleich",
          "Ein sehr langer Name der nie und nimmer in ein Feld von vierundsechzig passt");
  private static final List<String> ORGANIZATIONS =
      List.of(
          "Stadt Haßfurt",
          "Markt Maroldsweisach",
          "Landratsamt Haßberge, Sachgebiet 11/IT",
          "Verwaltungsgemeinschaft Ebelsbach für die Gemeinden Breitbrunn, Ebelsbach, Stettfeld",
          "Gemeinde \"Am Wald\" = klein + fein");

  private final Random random;

  DrawnCertificates(long seed) {
    this.random = new Random(seed);
  }

  /**
   * One of them.
   *
   * @param what for the reader of a failure
   * @param octets Certificate, DER
   */
  record Drawn(String what, CertificateDraft draft, byte[] octets) {}

  Drawn next() throws Exception {
    CertificateProfile profile = one(PROFILES);
    KeyAlgorithm algorithm = one(List.copyOf(profile.keyAlgorithms()));
    Subject subject = subject(one(List.copyOf(profile.subjects())));
    FieldValues values = said(profile);
    CertificateDraft draft = draft(profile, subject, values, KEYS.get(algorithm));
    Bytes tbs = new TbsBuilder(ADDRESSES).build(draft);
    String what =
        "%s for %s %s, of whose fields people said %s, with %s"
            .formatted(
                profile.name(), subject.kind(), subject, values.all(), algorithm.configName());
    return new Drawn(what, draft, signed(tbs.toArray()));
  }

  private static byte[] signed(byte[] tbs) throws Exception {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(ISSUER.getPrivate());
    signature.update(tbs);
    return new DERSequence(
            new org.bouncycastle.asn1.ASN1Encodable[] {
              ASN1Primitive.fromByteArray(tbs),
              ASN1Primitive.fromByteArray(ALGORITHM.toArray()),
              new DERBitString(signature.sign())
            })
        .getEncoded("DER");
  }

  /** Of some of the fields that people may set something, of a pseudonym always. */
  private FieldValues said(CertificateProfile profile) {
    var said = new ArrayList<FieldValue>();
    for (Field field : Field.values()) {
      for (FieldSource by : List.of(FieldSource.APPLICANT, FieldSource.OFFICER)) {
        if (profile.fields().allow(field, by)
            && (field == Field.PSEUDONYM || random.nextBoolean())) {
          said.add(new FieldValue(field, value(field), by));
        }
      }
    }
    return new FieldValues(said);
  }

  private String value(Field field) {
    return switch (field) {
      case COMMON_NAME -> "Poststelle \"Süd\" " + random.nextInt(100);
      case PSEUDONYM -> "Grüner Fuchs " + random.nextInt(100);
      case MAIL -> "post" + random.nextInt(100) + "@hassfurt.example";
      case DNS -> "www" + random.nextInt(100) + ".hassfurt.example";
      case VALIDITY -> "P" + (1 + random.nextInt(60)) + "D";
    };
  }

  private CertificateDraft draft(
      CertificateProfile profile, Subject subject, FieldValues values, KeyPair key)
      throws Exception {
    Bytes info = Bytes.of(key.getPublic().getEncoded());
    Bytes issuer = Bytes.of(ISSUER.getPublic().getEncoded());
    String organization = one(ORGANIZATIONS);
    Instant notBefore = NOW.plusSeconds(random.nextInt(1 << 30));
    return new CertificateDraft(
        profile,
        new Authority(
            profile.authority(),
            Bytes.of(new byte[0]),
            List.of(Bytes.of(new byte[0])),
            new KeyId(profile.authority().value()),
            Optional.empty(),
            AuthorityNames.encoded("Landkreis Haßberge", "Test " + profile.authority()),
            Bytes.of(TbsBuilder.keyIdentifier(issuer)),
            NOW.plus(Duration.ofDays(1800))),
        ALGORITHM,
        subject,
        values,
        organization,
        AlternativeNames.of(profile, content(profile, subject, values, info)),
        profile.makesOfficers()
            ? Optional.of(
                new OfficerScope(subject.id().value(), List.of(organization)).extensionValue())
            : Optional.empty(),
        SubjectKey.of(info),
        new SerialNumber(new BigInteger(128, random).setBit(128)),
        notBefore,
        notBefore.plus(values.validity(profile.validity())).minusSeconds(1));
  }

  private static CertificateRequest.Content content(
      CertificateProfile profile, Subject subject, FieldValues values, Bytes key) {
    return new CertificateRequest.Content(
        new RequestId(UUID.randomUUID()),
        "person:" + subject.id(),
        subject.commonName(),
        subject.home(),
        profile.name(),
        subject,
        Optional.empty(),
        key,
        Optional.empty(),
        List.of(),
        "",
        NOW,
        values,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private Subject subject(SubjectKind kind) {
    var tenant = new TenantId("stadt-hassfurt.example");
    String given = one(GIVEN);
    String family = one(FAMILY);
    Optional<String> title = maybe("Prof. Dr. Dr. h. c.");
    boolean person = kind == SubjectKind.PERSON;
    return new Subject(
        new SubjectId(new UUID(random.nextLong(), random.nextLong()).toString()),
        kind,
        tenant,
        Set.of(tenant),
        person ? (title.orElse("") + " " + given + " " + family).strip() : family + " " + given,
        person ? title : Optional.empty(),
        person ? Optional.of(given) : Optional.empty(),
        person ? Optional.of(family) : Optional.empty(),
        Optional.of(one(List.of("anna+post", "a.b'c", "jörg.öttinger", "x")) + "@hassfurt.example"),
        Optional.of(one(List.of("vpn", "*.intern", "xn--rathaus-b1a")) + ".hassfurt.example"),
        Optional.empty(),
        maybe("anna.amsel@hassfurt.example")
            .map(name -> new WindowsAccount(name, "S-1-5-21-1004336348-1177238915-682003330-512")),
        true,
        "",
        Set.of());
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private Optional<String> maybe(String text) {
    return random.nextBoolean() ? Optional.of(text) : Optional.empty();
  }
}
