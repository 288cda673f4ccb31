/**
 * Where private keys live. In comes a key's name and octets, out goes a signature, or {@link
 * de.kreissiegel.hsm.token.KeyLocked}. {@link de.kreissiegel.hsm.token.Token} is what a vault sees;
 * {@link de.kreissiegel.hsm.token.SoftwareToken} keeps keys in files.
 *
 * <p>At rest, one file a key: a PKCS#8 EncryptedPrivateKeyInfo (RFC 5958 §3) in PEM (RFC 7468 §11),
 * by PBES2 (RFC 8018 §6.2) with scrypt (RFC 7914: N = 2^15, r = 8, p = 1, 16 octets of salt, 32 of
 * key) over the UTF-8 of the passphrase, and AES-256 in CBC mode with PKCS#7 padding. It is a
 * standard format, so that nobody needs this program to get at their key; a reader must allow
 * scrypt a little more than 32 MiB, which the {@code openssl} command line of today doesn't. Why
 * scrypt and not Argon2id: both need memory to guess, but only scrypt has an identifier for PBES2
 * (RFC 7914 §7), and a format of our own is worth less than the difference. A line before the PEM,
 * {@code algorithm: rsa-3072-pss}, says what the key is for, which an RSA key can't; the same word
 * stands inside, as the attribute friendlyName (RFC 2985 §5.5.1), and both are compared. What was
 * decrypted is tried against the public key, so a changed file is found. ML-DSA keys are kept as
 * seeds (RFC 9881 §6), so that no expanded key is ever wrong in itself. {@code NAME.p8} opens with
 * the operational passphrase, and all of these have one salt, so that opening many takes no longer
 * than opening one; {@code NAME.own.p8} opens with one of its own; {@code NAME.pub} is the
 * SubjectPublicKeyInfo. All are of mode 600 and written in one step; the {@code p8} file comes last
 * and makes the key exist.
 *
 * <p>In memory, a key is there only while it is active. {@link
 * de.kreissiegel.hsm.token.Deactivation} locks those that lie idle or whose hours are over. A
 * locked key is destroyed as far as its provider can; copies that a Java library made on the way
 * are left to the garbage collector, which is why the process dumps no memory.
 *
 * <p>Who computes, {@link de.kreissiegel.hsm.token.SignatureProviders} chooses when it is first
 * asked, and reports: Amazon's Corretto provider (native code, AWS-LC) for the NIST curves and RSA,
 * the JDK for ML-DSA, Bouncy Castle for all else, for ML-DSA in pieces, and wherever another
 * doesn't load or fails its test. All of them pass the Wycheproof vectors of their algorithms.
 * Conscrypt is not among them: it signs by ML-DSA 1.14 times as fast as the JDK and everything else
 * more slowly than Corretto, which doesn't pay for a second native library in the process with the
 * keys. Of SLH-DSA and Ed25519 a message is held whole while it is signed: both read it twice.
 *
 * <p>RSA keys that decrypt never sign, and the other way round. What doesn't decrypt by PKCS#1 v1.5
 * is answered with octets that follow from key and ciphertext (implicit rejection), so nobody
 * learns from the answer. Native RSA runs in constant time; Bouncy Castle's blinds.
 */
package de.kreissiegel.hsm.token;
