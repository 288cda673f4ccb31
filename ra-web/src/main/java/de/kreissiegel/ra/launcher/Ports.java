package de.kreissiegel.ra.launcher;

import de.kreissiegel.ra.credentials.CredentialsFile;
import de.kreissiegel.ra.credentials.DemoCredentials;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;

/**
 * The TCP ports of one demo.
 *
 * @param https pages and REST
 * @param certificate log-in by certificate, and REST by one
 * @param http OCSP, CRL, issuer certificates
 * @param management health and metrics, on loopback
 * @param enrolment plain HTTP for SCEP and CMP, whose doors come with a later release: kept free
 * @param directory the sample directory, on loopback
 */
record Ports(int https, int certificate, int http, int management, int enrolment, int directory) {
  static final Ports STANDARD = new Ports(8443, 8444, 8080, 8081, 8082, 10389);

  private static final String FILE = "ports";

  Ports shifted(int offset) {
    return new Ports(
        https + offset,
        certificate + offset,
        http + offset,
        management + offset,
        enrolment + offset,
        directory + offset);
  }

  /**
   * The ports of the last start.
   *
   * @throws LaunchFailure if the file that holds them is gone or broken
   */
  static Ports read(DataDirectory folder) throws LaunchFailure {
    try {
      String[] numbers = Files.readString(folder.root().resolve(FILE)).strip().split(" ");
      int[] all = java.util.Arrays.stream(numbers).mapToInt(Integer::parseInt).toArray();
      return new Ports(all[0], all[1], all[2], all[3], all[4], all[5]);
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException broken) {
      throw new LaunchFailure(
          "the data in "
              + folder.root()
              + " is damaged (its ports are not readable); start with"
              + " --fresh, which throws it away.",
          broken);
    }
  }

  /** Remembers them for the next start. */
  void write(DataDirectory folder) throws IOException {
    Files.writeString(
        folder.root().resolve(FILE),
        "%d %d %d %d %d %d%n"
            .formatted(https, certificate, http, management, enrolment, directory));
  }

  /** The demo goes on at other ports than before: its credentials file has to say so. */
  void moveTo(DataDirectory folder) throws LaunchFailure, IOException {
    Ports before = read(folder);
    if (equals(before)) {
      return;
    }
    var file = new CredentialsFile(folder.root());
    DemoCredentials credentials = file.read();
    file.write(
        new DemoCredentials(
            addresses(),
            credentials.people(),
            credentials.directoryAdmin(),
            credentials.officerKeyPassword(),
            credentials.rootPassphrase()));
    write(folder);
    if (http != before.http) {
      Console.say(
          "Certificates name http://localhost:"
              + before.http
              + " for OCSP and CRL, as at the first start; at port "
              + http
              + " relying parties won't find them.");
    }
  }

  DemoCredentials.Addresses addresses() {
    return new DemoCredentials.Addresses(
        URI.create("https://localhost:" + https),
        URI.create("https://localhost:" + certificate),
        URI.create("http://localhost:" + http),
        URI.create("ldap://127.0.0.1:" + directory));
  }

  /**
   * Checks that they are ports, and all of them different.
   *
   * @throws LaunchFailure if not
   */
  void requireValid() throws LaunchFailure {
    int[] all = {https, certificate, http, management, enrolment, directory};
    for (int port : all) {
      if (port < 1 || port > 65535) {
        throw new LaunchFailure(port + " is not a port; ports go from 1 to 65535.");
      }
    }
    if (java.util.Arrays.stream(all).distinct().count() < all.length) {
      throw new LaunchFailure("two of the ports are the same; give each its own.");
    }
  }

  /**
   * Checks that all are free.
   *
   * @throws LaunchFailure naming the first that isn't, and what to do
   */
  void requireFree() throws LaunchFailure {
    requireFree(https, "the pages", "--https-port");
    requireFree(certificate, "log-in by certificate", "--certificate-port");
    requireFree(http, "OCSP and CRL", "--http-port");
    requireFree(management, "health", "--port-offset");
    requireFree(enrolment, "enrolment", "--enrol-http-port");
    requireFree(directory, "the sample directory", "--ldap-port");
  }

  private static void requireFree(int port, String what, String option) throws LaunchFailure {
    try (var probe = new ServerSocket()) {
      // Also of what listens on one address only; a connection that just ended doesn't count.
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(port));
    } catch (IOException taken) {
      throw new LaunchFailure(
          "port "
              + port
              + " for "
              + what
              + " is taken; choose another with "
              + option
              + (option.equals("--port-offset") ? "." : " or shift all with --port-offset."),
          taken);
    }
  }
}
