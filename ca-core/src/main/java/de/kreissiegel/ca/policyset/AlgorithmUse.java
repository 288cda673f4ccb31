package de.kreissiegel.ca.policyset;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * A key of some scheme, used for something: what the {@link AlgorithmCalendar} is asked about.
 *
 * @param purpose what for
 * @param scheme with which scheme
 */
public record AlgorithmUse(Purpose purpose, Scheme scheme) {
  /** What a key is used for. */
  public enum Purpose {
    /** An authority's: signs certificates and CRLs. */
    AUTHORITY,
    /** An end entity's that signs or proves who one is. */
    SIGNATURE,
    /** An end entity's for which others encrypt. */
    ENCRYPTION
  }

  /** Schemes, as far as the calendar tells them apart. */
  public enum Scheme {
    RSA,
    /** RSASSA-PKCS1-v1_5, where it is known that a key signs so. */
    RSA_PKCS1,
    ELLIPTIC,
    EDWARDS,
    ML_DSA_44,
    ML_DSA,
    SLH_DSA,
    ML_KEM,
    /** A post-quantum scheme together with a classical one, in one key. */
    COMPOSITE,
    OTHER;

    private static final Set<Scheme> CLASSICAL = Set.of(RSA, RSA_PKCS1, ELLIPTIC, EDWARDS);

    /** Whether a quantum computer would break it. */
    public boolean isClassical() {
      return CLASSICAL.contains(this);
    }
  }

  /**
   * The use of a key that is there.
   *
   * @param publicKey SubjectPublicKeyInfo, DER
   * @throws IllegalArgumentException if it can't be read
   */
  public static AlgorithmUse of(Purpose purpose, Bytes publicKey) {
    String id =
        SubjectPublicKeyInfo.getInstance(publicKey.toArray()).getAlgorithm().getAlgorithm().getId();
    return new AlgorithmUse(purpose, scheme(id));
  }

  private static Scheme scheme(String id) {
    if (id.equals(X9ObjectIdentifiers.id_ecPublicKey.getId())) {
      return Scheme.ELLIPTIC;
    }
    if (id.equals(PKCSObjectIdentifiers.rsaEncryption.getId())
        || id.equals(PKCSObjectIdentifiers.id_RSASSA_PSS.getId())
        || id.equals(PKCSObjectIdentifiers.id_RSAES_OAEP.getId())) {
      return Scheme.RSA;
    }
    if (Algorithms.EDDSA.contains(id) || Algorithms.EDWARDS_AGREEMENT.contains(id)) {
      return Scheme.EDWARDS;
    }
    if (id.equals(Algorithms.ML_DSA_44) || Algorithms.isCompositeOfMlDsa44(id)) {
      return Scheme.ML_DSA_44;
    }
    if (Algorithms.ML_DSA.contains(id)) {
      return Scheme.ML_DSA;
    }
    if (Algorithms.SLH_DSA.contains(id)) {
      return Scheme.SLH_DSA;
    }
    if (Algorithms.ML_KEM.contains(id)) {
      return Scheme.ML_KEM;
    }
    return Algorithms.isComposite(id) ? Scheme.COMPOSITE : Scheme.OTHER;
  }
}
