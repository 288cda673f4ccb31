package de.kreissiegel.ca.publication;

import java.util.List;

/** Where certificates and lists are published: one directory, or several. */
@FunctionalInterface
public interface CertificatePublisher {
  /** Each directory once, by a name that no other has. The same ones at each call. */
  List<Destination> destinations();
}
