/**
 * Which rules a relying party or an authority holds a certificate against, beyond RFC 5280: {@link
 * de.kreissiegel.ca.policyset.PolicySet} names the sets, {@link
 * de.kreissiegel.ca.policyset.CertificateRule} the rules, each with its clause and how strict each
 * set is about it. In comes a certificate and its place in a hierarchy, out go findings. Sources:
 * BSI TR-02102-1 2026-01, BSI TR-03116-4 2025, BSI TR-02103, RFC 5280.
 */
package de.kreissiegel.ca.policyset;
