package de.kreissiegel.ra.walkthrough;

import com.sun.net.httpserver.HttpExchange;
import java.math.BigInteger;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;

/** OCSP, CRL and AIA of the stand-in. */
final class StandInStatus {
  private static final int AFFILIATION_CHANGED = 3;

  final Map<BigInteger, Integer> revoked = new ConcurrentHashMap<>();
  private final TestAuthority root;
  private final TestAuthority devices;
  private final Set<Lie> lies;
  private final KeyPair responderKeys;
  private final X509CertificateHolder responder;

  StandInStatus(TestAuthority root, TestAuthority devices, Set<Lie> lies) throws Exception {
    this.root = root;
    this.devices = devices;
    this.lies = lies;
    this.responderKeys = TestAuthority.newKeys();
    this.responder =
        new JcaX509CertificateHolder(
            devices.responder(
                responderKeys.getPublic(),
                lies.contains(Lie.UNAUTHORISED_RESPONDER)
                    ? KeyPurposeId.id_kp_clientAuth
                    : KeyPurposeId.id_kp_OCSPSigning));
  }

  void revoke(BigInteger serial) {
    revoked.put(serial, AFFILIATION_CHANGED);
  }

  void answer(HttpExchange exchange) throws Exception {
    var path = exchange.getRequestURI().getRawPath();
    switch (path) {
      case "/crl/root.crl" -> send(exchange, "application/pkix-crl", list(root, root));
      case "/crl/devices.crl" ->
          send(
              exchange,
              "application/pkix-crl",
              list(devices, lies.contains(Lie.LIST_SIGNED_BY_ANOTHER) ? root : devices));
      case "/ca/devices.cer" ->
          send(
              exchange,
              "application/pkix-cert",
              (lies.contains(Lie.HANDS_OUT_ANOTHER_ISSUER) ? root : devices)
                  .certificate()
                  .getEncoded());
      case "/ocsp" -> ocsp(exchange, exchange.getRequestBody().readAllBytes());
      default -> {
        var base64 = URLDecoder.decode(path.substring("/ocsp/".length()), StandardCharsets.UTF_8);
        ocsp(exchange, Base64.getDecoder().decode(base64));
      }
    }
  }

  private byte[] list(TestAuthority authority, TestAuthority signer) throws Exception {
    var asSigned =
        new TestAuthority(
            authority.certificate(), signer.keys(), authority.base(), authority.name());
    var age = lies.contains(Lie.OLD_LIST) ? Duration.ofDays(2) : Duration.ofSeconds(5);
    return asSigned.crl(
        authority == devices ? revoked : Map.of(), Instant.now().minus(age), Duration.ofDays(1));
  }

  private void ocsp(HttpExchange exchange, byte[] encoded) throws Exception {
    var request = new OCSPReq(encoded);
    var id = request.getRequestList()[0].getCertID();
    var now = new Date();
    var builder = new BasicOCSPRespBuilder(new RespID(responder.getSubject()));
    var reason = revoked.get(id.getSerialNumber());
    builder.addResponse(
        id, reason == null ? CertificateStatus.GOOD : new RevokedStatus(now, reason), now, now);
    var nonce = request.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
    if (lies.contains(Lie.REPLAYS_A_NONCE)) {
      nonce =
          new Extension(
              OCSPObjectIdentifiers.id_pkix_ocsp_nonce,
              false,
              new DEROctetString(new byte[32]).getEncoded());
    }
    if (!lies.contains(Lie.NO_NONCE)) {
      builder.setResponseExtensions(new Extensions(nonce));
    }
    var keys = lies.contains(Lie.SELF_MADE_RESPONDER) ? TestAuthority.newKeys() : responderKeys;
    var basic =
        builder.build(TestAuthority.signer(keys), new X509CertificateHolder[] {responder}, now);
    var response = new OCSPRespBuilder().build(OCSPRespBuilder.SUCCESSFUL, basic);
    send(exchange, "application/ocsp-response", response.getEncoded());
  }

  private static void send(HttpExchange exchange, String type, byte[] body) throws Exception {
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }
}
