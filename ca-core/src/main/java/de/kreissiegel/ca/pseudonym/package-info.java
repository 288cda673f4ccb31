/**
 * Names that stand for people in certificates: {@code CN=PN: …} (naming rules of the
 * Verwaltungs-PKI v1.3). A pseudonym names one person for ever, within the whole installation. Who
 * that is stands in one place only, is told to officers of their tenant, and each telling is noted
 * in the read log.
 */
package de.kreissiegel.ca.pseudonym;
