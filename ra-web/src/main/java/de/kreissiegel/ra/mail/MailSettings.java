package de.kreissiegel.ra.mail;

import java.net.URI;
import java.util.Optional;

/**
 * From whom letters come, and where they lead.
 *
 * @param from the address that they come from
 * @param fromName the name beside it
 * @param bounces the address that bounces go to, as {@code bounces@kreis.example}: a letter's
 *     envelope has {@code bounces+TOKEN@kreis.example}. Empty: they go to {@code from}
 * @param pages the address of the pages
 */
public record MailSettings(String from, String fromName, Optional<String> bounces, URI pages) {
  /** The envelope's sender for a letter (RFC 5321 §4.5.3.1: 64 octets before the {@code @}). */
  String envelopeSender(String token) {
    return bounces
        .map(
            address -> {
              int at = address.lastIndexOf('@');
              return address.substring(0, at) + "+" + token + address.substring(at);
            })
        .orElse(from);
  }
}
