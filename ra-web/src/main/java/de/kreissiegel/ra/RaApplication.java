package de.kreissiegel.ra;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The counter: pages, REST, and what both stand on. The desks that it asks are wired elsewhere; the
 * launcher starts this class together with the wiring, a test with a wiring of its own.
 */
@SpringBootApplication(
    scanBasePackages = {
      "de.kreissiegel.ra.encoding",
      "de.kreissiegel.ra.errors",
      "de.kreissiegel.ra.health",
      "de.kreissiegel.ra.language",
      "de.kreissiegel.ra.pages",
      "de.kreissiegel.ra.rest",
      "de.kreissiegel.ra.security"
    })
public class RaApplication {}
