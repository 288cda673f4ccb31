package de.kreissiegel.ra.rest;

import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import java.util.Optional;

/**
 * Whom a certificate names.
 *
 * @param id the directory's id of the entry
 * @param kind person, function, device or service
 * @param name its display name
 * @param mail its mail address
 * @param dnsName for devices and services
 */
record SubjectView(
    String id, String kind, String name, Optional<String> mail, Optional<String> dnsName) {
  static SubjectView of(Subject subject) {
    SubjectId id = subject.id();
    return new SubjectView(
        id.value(),
        WireForms.word(subject.kind()),
        subject.commonName(),
        subject.mail(),
        subject.dnsName());
  }
}
