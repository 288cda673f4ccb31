/**
 * Keys on any PKCS#11 HSM (OASIS PKCS#11 2.40 to 3.2). In come a {@link
 * de.kreissiegel.hsm.token.pkcs11.Pkcs11Config} and octets, out come signatures; the private keys
 * stay on the token. It is one {@link de.kreissiegel.hsm.token.Token} among others.
 *
 * <p><b>Keys.</b> A private key object, sensitive, not extractable, with CKA_SIGN or CKA_DECRYPT
 * and nothing else, and a public key object; both have the key's name as CKA_ID and CKA_LABEL. The
 * label says in parentheses what attributes don't tell: {@code root (own PIN)}, {@code gw
 * (rsa-3072-pkcs1)}. Keys that others made are used, too, if they have such a label and a CKA_ID.
 * No certificate is needed beside a key. Before a key is used it signs a random text that its
 * public part must verify, for on many a token anybody may change public objects.
 *
 * <p><b>Signing.</b> Digests are computed here and the token signs the digest (CKM_ECDSA,
 * CKM_RSA_PKCS_PSS, CKM_RSA_PKCS); Ed25519, ML-DSA and SLH-DSA get the message whole, 64 MiB at
 * most. There is a session for each signature under way, up to a configured number, and no lock
 * around the token. RSA decrypts without padding (CKM_RSA_X_509), which is taken away here: few
 * tokens know OAEP with SHA-256, and none takes PKCS#1 v1.5 away without telling whether it was
 * right.
 *
 * <p><b>Loss.</b> After a failure that puts sessions or the login in doubt everything is opened
 * anew, first the sessions, then the library (C_Finalize, C_Initialize), and the signature is tried
 * again, three times in all. If the token stays away, calls fail at once and it is tried again
 * after a pause, up to a minute long. The PIN that this needs is kept in memory while a key is
 * active; one that the token refused is never tried again, for tries are counted.
 *
 * <p><b>Why our own binding.</b> Three ways were looked at in November 2026:
 *
 * <ul>
 *   <li>The JDK's SunPKCS11 has no EdDSA and no ML-DSA, and its key store shows a key only beside a
 *       certificate, which a new authority's key doesn't have yet; a provider that lost its token
 *       is made anew by hand, through an AuthProvider's log-in handler.
 *   <li>{@code org.xipki:ipkcs11wrapper} 1.0.9 (July 2024, the last) knows nothing of PKCS#11 3.2
 *       and has no ML-DSA; its attributes refuse types that it doesn't know. Its repository was
 *       gone for a year; it brings compiled C of its own for five platforms (200 KiB each), which
 *       it unpacks into the temporary directory at start and loads from there; and it is under a
 *       licence of its own.
 *   <li>The JDK's foreign-function API calls the vendor's library itself: nothing between us and
 *       it, dlopen's own words for the doctor, the PIN in memory that we wipe, and any mechanism by
 *       its number. Twenty-two functions are called, and a page declares them.
 * </ul>
 *
 * <p>In speed they don't differ: with SoftHSM2 all are within 1.35 of each other, for the library
 * is the cost. So the third way it is: the process with the keys has one dependency less instead of
 * one more. It needs {@code --enable-native-access}, and a 64-bit Unix, as PKCS#11's structures are
 * laid out there. Mechanisms of PKCS#11 3.2 (ML-DSA, SLH-DSA) are written by the standard;
 * SoftHSM2, which the tests use, doesn't offer them.
 */
package de.kreissiegel.hsm.token.pkcs11;
