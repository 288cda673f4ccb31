/**
 * Officers' approvals, checked in the vault. In comes what a certificate's octets ask for ({@link
 * de.kreissiegel.hsm.approval.AskedCertificate}), the rule of its kind and the evidence that came
 * along; out goes who approved, or a {@link de.kreissiegel.hsm.signing.SigningRefused} that names
 * the rule.
 */
package de.kreissiegel.hsm.approval;
