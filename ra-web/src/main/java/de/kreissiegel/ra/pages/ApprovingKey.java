package de.kreissiegel.ra.pages;

import de.kreissiegel.ca.securitykey.SecurityKey;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.Base64;
import java.util.List;

/**
 * A passkey by which the person in front of the page approves, for the browser to ask for it.
 *
 * @param credential its id, base64url
 * @param registration base64 of the message by which the officer said that it is theirs
 */
public record ApprovingKey(String credential, String registration) {
  /**
   * Of these keys those that count for what one of the certificates can approve.
   *
   * @param certificates of the officer, DER
   */
  public static List<ApprovingKey> of(List<SecurityKey> keys, List<Bytes> certificates) {
    List<Bytes> digests =
        certificates.stream().map(one -> Bytes.of(Fingerprint.sha256(one))).toList();
    return keys.stream()
        .filter(key -> digests.contains(key.certificate()))
        .map(
            key ->
                new ApprovingKey(
                    Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(key.credential().toArray()),
                    Base64.getEncoder().encodeToString(key.registration().toArray())))
        .toList();
  }
}
