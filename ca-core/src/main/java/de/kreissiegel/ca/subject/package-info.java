/**
 * Whom a certificate names: people, functions, devices and services, as the directory knows them.
 * The directory itself stands behind {@link de.kreissiegel.ca.subject.SubjectDirectory}.
 */
package de.kreissiegel.ca.subject;
