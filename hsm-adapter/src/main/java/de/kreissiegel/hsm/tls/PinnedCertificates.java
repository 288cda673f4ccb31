package de.kreissiegel.hsm.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Date;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts the certificates that it was told of, and no authority. */
final class PinnedCertificates extends X509ExtendedTrustManager {
  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");

  private final Set<String> fingerprints;
  private final Clock clock;

  PinnedCertificates(Set<String> fingerprints, Clock clock) {
    this.fingerprints =
        fingerprints.stream()
            .map(PinnedCertificates::plain)
            .collect(Collectors.toUnmodifiableSet());
    if (fingerprints.isEmpty()) {
      throw new IllegalArgumentException("without a fingerprint nobody could connect");
    }
    this.clock = clock;
  }

  private static String plain(String written) {
    String digits = written.replace(":", "").toLowerCase(Locale.ROOT);
    if (!FINGERPRINT.matcher(digits).matches()) {
      throw new IllegalArgumentException(
          "not the SHA-256 fingerprint of a certificate, 64 hexadecimal digits: " + written);
    }
    return digits;
  }

  void check(SSLSession session) throws SSLPeerUnverifiedException {
    try {
      if (!(session.getPeerCertificates()[0] instanceof X509Certificate certificate)) {
        throw new CertificateException("no X.509 certificate");
      }
      check(certificate);
    } catch (CertificateException refused) {
      throw new SSLPeerUnverifiedException(refused.getMessage());
    }
  }

  private void check(X509Certificate... chain) throws CertificateException {
    if (chain.length == 0) {
      throw new CertificateException("no certificate");
    }
    String found;
    try {
      found =
          HexFormat.of()
              .formatHex(MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded()));
    } catch (GeneralSecurityException impossible) {
      throw new CertificateException(impossible);
    }
    if (!fingerprints.contains(found)) {
      throw new CertificateException("the certificate " + found + " is not pinned");
    }
    chain[0].checkValidity(Date.from(clock.instant()));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
