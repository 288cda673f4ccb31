/**
 * Whether a certificate is to be believed: path building and validation (RFC 5280 §6), revocation
 * by CRLs (§6.3), purposes (§4.2.1.3, §4.2.1.12), names (RFC 9525, RFC 8550, RFC 9598), and the
 * stricter rules of a {@link de.kreissiegel.ca.policyset.PolicySet}. In comes a {@link
 * de.kreissiegel.ca.path.PathQuestion}, out goes a {@link de.kreissiegel.ca.path.PathVerdict};
 * {@link de.kreissiegel.ca.path.PathValidation} is the door, {@link
 * de.kreissiegel.ca.path.PathMaterial} reads files.
 *
 * <p>The algorithm of §6 is Bouncy Castle's; docs/path-validation.md says why, and what the NIST
 * PKITS suite shows of it. Ours are the building of the path, all bounds, the reasons, the policy
 * sets, purposes and names.
 */
package de.kreissiegel.ca.path;
