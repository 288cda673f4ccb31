/** One certificate, read by parsers that know nothing of each other. */
package de.kreissiegel.ca.issuance.parsers;
