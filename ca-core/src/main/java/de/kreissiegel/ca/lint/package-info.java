/**
 * What is about to be signed, read as a stranger would and held against the rules: RFC 5280, BSI
 * TR-02102-1, TR-03116-4 and TR-02103, S/MIME, the naming rules of the Verwaltungs-PKI, data
 * protection, weak keys, and our own. In: the octets of a TBSCertificate and the little that is
 * known beside them. Out: a proof that exactly these octets passed, or findings.
 */
package de.kreissiegel.ca.lint;
