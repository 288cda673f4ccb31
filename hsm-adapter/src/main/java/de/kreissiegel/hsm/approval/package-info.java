/**
 * Officers' approvals, checked in the vault. In comes what a certificate's octets ask for ({@link
 * de.kreissiegel.hsm.policy.AskedCertificate}) or what is to be opened, the rule, and the evidence
 * that came along; out goes who approved ({@link de.kreissiegel.hsm.approval.Approvals}, {@link
 * de.kreissiegel.hsm.approval.Releases}), or a {@link de.kreissiegel.hsm.signing.SigningRefused}
 * that names the rule.
 *
 * <p>An officer signs a {@link de.kreissiegel.hsm.approval.Statement}: as the content of a CMS
 * SignedData (RFC 5652) by the key of their certificate, or its hash by a security key (WebAuthn
 * Level 2) that the certificate's key has registered. A certificate makes an officer if a key of
 * this vault signed it, as of the officers' kind, with an {@link
 * de.kreissiegel.hsm.approval.OfficerScope} in it, and the vault's own lists ({@link
 * de.kreissiegel.hsm.approval.OfficerRegister}) say nothing against it. Nothing is asked of the web
 * host, the directory or the network, so none of them can make an officer; each can leave one out.
 *
 * <p>What remains to somebody who holds the web host: to show an officer another page than what is
 * signed, against which stands a program of the officer's own that shows {@link
 * de.kreissiegel.hsm.approval.Statement#lines}; to leave a revoked officer out of the lists from
 * the beginning; and to end a hold. Once revoked in a list, an officer stays so.
 */
package de.kreissiegel.hsm.approval;
