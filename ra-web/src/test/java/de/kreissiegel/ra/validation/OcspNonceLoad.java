package de.kreissiegel.ra.validation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.vault.Vault;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * OCSP with a nonce under load: each answer is signed by a signer in a process of its own, with its
 * policy and its journal. Counts the processor time of validation node and signer against a P-256
 * signature of {@code openssl speed}. Needs {@code wrk} and {@code openssl}.
 *
 * <p>Arguments: how many certificates (10000), how many rounds (3), seconds of each (6).
 */
public final class OcspNonceLoad {
  private static final int NONCE = 32;
  private static final int SERIAL = 16;
  private static final KeyId KEY = new KeyId("ocsp-people");
  private static final List<Integer> CONNECTIONS = List.of(1, 8, 32);
  private static final List<String> HEAP = List.of("-Xmx640m", "-XX:+UseSerialGC");
  private static final String PASSPHRASE = "a passphrase for benchmarks only";

  private final LoadProcess node;
  private final LoadProcess signer;
  private final LoadWrk wrk;

  private OcspNonceLoad(LoadProcess node, LoadProcess signer, LoadWrk wrk) {
    this.node = node;
    this.signer = signer;
    this.wrk = wrk;
  }

  public static void main(String[] arguments) throws Exception {
    int certificates = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
    int seconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 6;
    Path folder = Files.createTempDirectory("ocsp-nonce-load");
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder.resolve("database"))
            .setPGStartupWait(Duration.ofSeconds(60))
            .start()) {
      PublicKey key = vault(folder);
      TestVault keys = new TestVault();
      TestHierarchy hierarchy = new TestHierarchy(keys, Instant.now());
      Path serials = folder.resolve("serials");
      LoadDatabase.fill(postgres.getPostgresDatabase(), hierarchy, certificates, serials);
      LoadDatabase.sign(
          postgres.getPostgresDatabase(), LoadDatabase.catalog(hierarchy), hierarchy, keys);
      SerialNumber number = new SerialNumber(BigInteger.ONE.shiftLeft(125));
      Bytes responder = hierarchy.responder(hierarchy.people, number, key);
      LoadDatabase.store(postgres.getPostgresDatabase(), number, responder);
      LoadNode.write(folder, hierarchy.people.authority());
      String database = postgres.getJdbcUrl("postgres", "postgres");
      measure(folder, database, request(hierarchy), serials, responder, rounds, seconds);
    } finally {
      try (var files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }

  /** Makes a vault that has the responder's key alone. */
  private static PublicKey vault(Path folder) throws Exception {
    Files.writeString(folder.resolve("passphrase"), PASSPHRASE + "\n");
    try (Vault vault =
        Vault.create(
            folder.resolve("vault"),
            PASSPHRASE.toCharArray(),
            "ceremony".toCharArray(),
            Clock.systemUTC(),
            new SecureRandom())) {
      Bytes key =
          vault
              .makeKey(KEY, KeyAlgorithm.ECDSA_P256, KeyPolicy.ocspResponder(), Optional.empty())
              .publicKey();
      return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(key.toArray()));
    }
  }

  /** A request, whose serial number and nonce are blanks. */
  private static byte[] request(TestHierarchy hierarchy) throws Exception {
    var id =
        new CertificateID(
            new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1),
            new X509CertificateHolder(hierarchy.people.authority().certificate().toArray()),
            BigInteger.ONE.shiftLeft(SERIAL * 8 - 2));
    var nonce =
        new Extension(
            OCSPObjectIdentifiers.id_pkix_ocsp_nonce,
            false,
            new DEROctetString(new byte[NONCE]).getEncoded());
    return new OCSPReqBuilder()
        .addRequest(id)
        .setRequestExtensions(new Extensions(nonce))
        .build()
        .getEncoded();
  }

  private static void measure(
      Path folder,
      String database,
      byte[] request,
      Path serials,
      Bytes responder,
      int rounds,
      int seconds)
      throws Exception {
    byte[] number = BigInteger.ONE.shiftLeft(SERIAL * 8 - 2).toByteArray();
    int at = new String(request, ISO_8859_1).indexOf(new String(number, ISO_8859_1));
    byte[] head = Arrays.copyOf(request, at);
    byte[] middle = Arrays.copyOfRange(request, at + SERIAL, request.length - NONCE);
    Path socket = folder.resolve("signer.sock");
    double before = OpensslSpeed.microsecondsOfP256();
    Map<Integer, List<Double>> sums = new TreeMap<>();
    try (LoadProcess signer =
            LoadProcess.signer(folder.resolve("vault"), socket, folder.resolve("passphrase"));
        LoadProcess node =
            LoadProcess.java(
                LoadNode.class, HEAP, folder.toString(), database, socket.toString())) {
      LoadWrk wrk = new LoadWrk(folder, head, middle, NONCE, serials);
      var load = new OcspNonceLoad(node, signer, wrk);
      System.arraycopy(Files.readAllBytes(serials), 0, request, at, SERIAL);
      load.ask(request, responder);
      wrk.run(node.port(), 32, 5 * seconds, 0);
      System.out.println("connections  answers/s  CPU us: node  signer  p99 ms");
      for (int round = 0; round < rounds; round++) {
        for (int connections : CONNECTIONS) {
          double sum = load.round(connections, seconds);
          sums.computeIfAbsent(connections, _ -> new ArrayList<>()).add(sum);
        }
      }
      load.ask(request, responder);
    }
    double after = OpensslSpeed.microsecondsOfP256();
    System.out.printf(
        "openssl speed, ECDSA P-256: %.1f us a signature before, %.1f after%n", before, after);
    sums.forEach(
        (connections, all) ->
            System.out.printf(
                "%d connections: median %.0f us, %.1f signatures of their mean%n",
                connections, median(all), median(all) / ((before + after) / 2)));
    System.out.printf(
        "load of the machine %.1f%n",
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
  }

  /** Microseconds of processor time an answer, of both processes. */
  private double round(int connections, int seconds) throws Exception {
    double ofNode = node.cpu();
    double ofSigner = signer.cpu();
    LoadWrk.Seen seen = wrk.run(node.port(), connections, seconds, 0);
    ofNode = (node.cpu() - ofNode) * 1e6 / seen.requests();
    ofSigner = (signer.cpu() - ofSigner) * 1e6 / seen.requests();
    if (!seen.errors().isEmpty()) {
      throw new IllegalStateException(seen.errors());
    }
    System.out.printf(
        "%11d  %9.0f  %12.1f  %6.1f  %6.2f%n",
        connections, seen.perSecond(), ofNode, ofSigner, seen.p99());
    return ofNode + ofSigner;
  }

  /** Sees that an answer has the nonce and the vault's signature: only such are counted. */
  private void ask(byte[] request, Bytes responder) throws Exception {
    byte[] nonce = new byte[NONCE];
    new SecureRandom().nextBytes(nonce);
    System.arraycopy(nonce, 0, request, request.length - NONCE, NONCE);
    try (HttpClient client = HttpClient.newHttpClient()) {
      byte[] answer =
          client
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + "/ocsp"))
                      .header("Content-Type", "application/ocsp-request")
                      .POST(HttpRequest.BodyPublishers.ofByteArray(request))
                      .build(),
                  BodyHandlers.ofByteArray())
              .body();
      var basic = (BasicOCSPResp) new OCSPResp(answer).getResponseObject();
      var verifier =
          new JcaContentVerifierProviderBuilder()
              .build(new X509CertificateHolder(responder.toArray()));
      Extension back = basic.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
      if (!basic.isSignatureValid(verifier)
          || !Arrays.equals(nonce, DEROctetString.getInstance(back.getParsedValue()).getOctets())) {
        throw new IllegalStateException("an answer without the nonce or the signature");
      }
    }
  }
}
