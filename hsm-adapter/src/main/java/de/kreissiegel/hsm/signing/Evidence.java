package de.kreissiegel.hsm.signing;

import java.util.Optional;

/**
 * Why a request may be granted, in a form that the vault can check by itself. What it proves is
 * recomputed from the octets to be signed; nothing else that the asker says counts.
 */
public sealed interface Evidence {
  /** The number on the wire and in the journal; it never changes its meaning. */
  int code();

  /**
   * An officer's signature by their certificate's key.
   *
   * @param signedData a CMS SignedData (RFC 5652 §5) that encapsulates the DER of an
   *     ApprovalStatement, with the officer's certificate in it
   */
  record OfficerSignature(Bytes signedData) implements Evidence {
    @Override
    public int code() {
      return 1;
    }
  }

  /**
   * An officer's security key (WebAuthn Level 2 §6.3.3, §7.2) over the hash of an
   * ApprovalStatement.
   *
   * @param statement the DER of the ApprovalStatement; its SHA-256 is the challenge
   * @param registration a CMS SignedData by the officer's certificate over the credential's id and
   *     public key; without it the security key is nobody's
   * @param credentialId which credential
   * @param authenticatorData as the authenticator gave it
   * @param clientData the JSON that the browser made
   * @param signature over authenticatorData and SHA-256 of clientData
   */
  record SecurityKeyAssertion(
      Bytes statement,
      Bytes registration,
      Bytes credentialId,
      Bytes authenticatorData,
      Bytes clientData,
      Bytes signature)
      implements Evidence {
    @Override
    public int code() {
      return 2;
    }
  }

  /**
   * The applicant holds the private key: what a machine's protocol leaves as evidence.
   *
   * @param certificationRequest a PKCS#10 CertificationRequest (RFC 2986) of the same public key
   * @param protocol by which it came, as {@code acme}, {@code est}, {@code scep}, {@code cmp}; for
   *     the journal
   */
  record ProofOfPossession(Bytes certificationRequest, Optional<String> protocol)
      implements Evidence {
    @Override
    public int code() {
      return 3;
    }
  }
}
