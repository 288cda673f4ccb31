package de.kreissiegel.ca.policyset;

import de.kreissiegel.ca.issuance.SampleRequests;
import de.kreissiegel.hsm.signing.Bytes;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;

/**
 * A certificate made on the spot, good under {@link PolicySet#BSI_STRICT} at {@link #TIME} unless
 * it is spoiled.
 */
public final class TestCertificate {
  public static final Instant TIME = Instant.parse("2026-12-01T12:00:00Z");
  public static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();
  private static final AtomicLong SERIALS = new AtomicLong(0x1000);

  private final Bytes encoded;
  private final X500Name name;
  private final KeyPair keys;

  private TestCertificate(Bytes encoded, X500Name name, KeyPair keys) {
    this.encoded = encoded;
    this.name = name;
    this.keys = keys;
  }

  public Bytes encoded() {
    return encoded;
  }

  public X500Name name() {
    return name;
  }

  public KeyPair keys() {
    return keys;
  }

  public BigInteger serial() {
    return org.bouncycastle.asn1.x509.Certificate.getInstance(encoded.toArray())
        .getSerialNumber()
        .getValue();
  }

  /** A root. */
  public static Draft root(String commonName) {
    return new Draft(null, commonName)
        .valid("2026-01-01T00:00:00Z", "2032-01-01T00:00:00Z")
        .with(Extension.basicConstraints, true, new BasicConstraints(3))
        .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
  }

  /** An authority below this one. */
  public Draft authority(String commonName) {
    return new Draft(this, commonName)
        .valid("2026-06-01T00:00:00Z", "2031-06-01T00:00:00Z")
        .with(Extension.basicConstraints, true, new BasicConstraints(1))
        .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
        .with(Extension.cRLDistributionPoints, false, points());
  }

  /** An end entity below this one: a TLS client. */
  public Draft holder(String commonName) {
    return new Draft(this, commonName)
        .valid("2026-11-01T00:00:00Z", "2027-11-01T00:00:00Z")
        .with(Extension.basicConstraints, true, new BasicConstraints(false))
        .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
        .with(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))
        .with(Extension.cRLDistributionPoints, false, points());
  }

  private static CRLDistPoint points() {
    var address =
        new GeneralName(GeneralName.uniformResourceIdentifier, "http://pki.example/crl/a.crl");
    return new CRLDistPoint(
        new DistributionPoint[] {
          new DistributionPoint(new DistributionPointName(new GeneralNames(address)), null, null)
        });
  }

  /** A new key pair: P-256, brainpoolP256r1, 2048 … or the JCA's name of an algorithm. */
  public static KeyPair keys(String kind) {
    try {
      KeyPairGenerator generator;
      if (kind.matches("[0-9]+")) {
        return SampleRequests.rsa(Integer.parseInt(kind));
      }
      if (kind.startsWith("P-") || kind.startsWith("brainpool")) {
        generator = KeyPairGenerator.getInstance("EC", BOUNCY_CASTLE);
        generator.initialize(new ECGenParameterSpec(kind));
      } else {
        generator = KeyPairGenerator.getInstance(kind, BOUNCY_CASTLE);
      }
      return generator.generateKeyPair();
    } catch (Exception broken) {
      throw new IllegalStateException(broken);
    }
  }

  /** What is to be made, open to be spoiled. */
  public static final class Draft {
    private final @org.jspecify.annotations.Nullable TestCertificate issuer;
    private final Map<ASN1ObjectIdentifier, Extension> extensions = new LinkedHashMap<>();
    private X500Name name;
    private X500Name issuerName;
    private KeyPair keys = keys("P-256");
    private @org.jspecify.annotations.Nullable KeyPair signing;
    private @org.jspecify.annotations.Nullable SubjectPublicKeyInfo publicKey;
    private @org.jspecify.annotations.Nullable AlgorithmIdentifier pretended;
    private String algorithm = "SHA256withECDSA";
    private Instant start = TIME;
    private Instant end = TIME;
    private BigInteger serial = BigInteger.valueOf(SERIALS.incrementAndGet());
    private boolean uniqueId;

    private Draft(@org.jspecify.annotations.Nullable TestCertificate issuer, String commonName) {
      this.issuer = issuer;
      this.name = new X500Name("CN=" + commonName);
      this.issuerName = issuer == null ? name : issuer.name;
    }

    public Draft valid(String from, String to) {
      start = Instant.parse(from);
      end = Instant.parse(to);
      return this;
    }

    public Draft named(String distinguishedName) {
      name = new X500Name(distinguishedName);
      if (issuer == null) {
        issuerName = name;
      }
      return this;
    }

    public Draft issuedBy(String distinguishedName) {
      issuerName = new X500Name(distinguishedName);
      return this;
    }

    /** Of this key; its owner goes on to sign with it. */
    public Draft of(KeyPair pair) {
      keys = pair;
      return this;
    }

    /** Signed by another key than the issuer's. */
    public Draft signedBy(KeyPair pair) {
      signing = pair;
      return this;
    }

    public Draft signed(String jcaAlgorithm) {
      algorithm = jcaAlgorithm;
      return this;
    }

    /** With octets instead of a signature, and whatever algorithm. */
    public Draft pretending(AlgorithmIdentifier signature) {
      pretended = signature;
      return this;
    }

    public Draft certifying(SubjectPublicKeyInfo key) {
      publicKey = key;
      return this;
    }

    public Draft with(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
      try {
        extensions.put(
            id,
            new Extension(
                id, critical, new DEROctetString(value.toASN1Primitive().getEncoded("DER"))));
        return this;
      } catch (java.io.IOException broken) {
        throw new IllegalStateException(broken);
      }
    }

    public Draft without(ASN1ObjectIdentifier id) {
      extensions.remove(id);
      return this;
    }

    public Draft purposes(KeyPurposeId... purposes) {
      return with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
    }

    public Draft usage(int bits) {
      return with(Extension.keyUsage, true, new KeyUsage(bits));
    }

    public Draft names(GeneralName... names) {
      return with(Extension.subjectAlternativeName, false, new GeneralNames(names));
    }

    public Draft serial(BigInteger number) {
      serial = number;
      return this;
    }

    public Draft withUniqueId() {
      uniqueId = true;
      return this;
    }

    public TestCertificate make() {
      try {
        return new TestCertificate(Bytes.of(signed(tbs())), name, keys);
      } catch (Exception broken) {
        throw new IllegalStateException(broken);
      }
    }

    private AlgorithmIdentifier signature() {
      return pretended != null
          ? pretended
          : new DefaultSignatureAlgorithmIdentifierFinder().find(algorithm);
    }

    private ASN1Encodable tbs() {
      var generator = new V3TBSCertificateGenerator();
      generator.setSerialNumber(new ASN1Integer(serial));
      generator.setSignature(signature());
      generator.setIssuer(issuerName);
      generator.setSubject(name);
      generator.setStartDate(new Time(Date.from(start)));
      generator.setEndDate(new Time(Date.from(end)));
      generator.setSubjectPublicKeyInfo(
          publicKey != null
              ? publicKey
              : SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
      if (uniqueId) {
        generator.setSubjectUniqueID(new DERBitString(new byte[] {1}));
      }
      List<Extension> all = new ArrayList<>(extensions.values());
      if (!all.isEmpty()) {
        generator.setExtensions(new Extensions(all.toArray(Extension[]::new)));
      }
      return generator.generateTBSCertificate();
    }

    private byte[] signed(ASN1Encodable tbs) throws Exception {
      byte[] octets = tbs.toASN1Primitive().getEncoded("DER");
      byte[] value = new byte[64];
      if (pretended == null) {
        KeyPair key = signing != null ? signing : issuer == null ? keys : issuer.keys;
        Signature signer = Signature.getInstance(algorithm, BOUNCY_CASTLE);
        signer.initSign(key.getPrivate());
        signer.update(octets);
        value = signer.sign();
      }
      var parts = new ASN1EncodableVector();
      parts.add(tbs);
      parts.add(signature());
      parts.add(new DERBitString(value));
      return new DERSequence(parts).getEncoded("DER");
    }
  }
}
