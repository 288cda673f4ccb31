package de.kreissiegel.ra.wiring;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The configuration of one installation ({@code kreissiegel.yaml}). Secrets stand in files of their
 * own, never here.
 *
 * @param demo whether this is the demo, which each page says
 * @param node this node's name, and its audit chain's
 * @param publicBaseUrl the address of the pages, as {@code https://pki.example:8443}
 * @param validationBaseUrl the address of OCSP and CRL, as it stands in certificates
 * @param validation where OCSP and CRL are served
 * @param signer how the vault is reached
 * @param authorities the folder of the hierarchy
 * @param profiles a folder of profiles; without it the ones that come along
 * @param weakKeys a folder of lists of weak keys ({@code blacklist.RSA-*}), if there is one
 * @param database where the data is
 * @param directory the shared directory
 * @param web where the web server keeps its TLS key
 * @param trust the folder of the anchors and of the public keys of journal and audit
 */
@ConfigurationProperties("kreissiegel")
public record Installation(
    @DefaultValue("false") boolean demo,
    @DefaultValue("node-1") String node,
    URI publicBaseUrl,
    URI validationBaseUrl,
    Validation validation,
    Signer signer,
    Path authorities,
    @Nullable Path profiles,
    @Nullable Path weakKeys,
    Database database,
    Directory directory,
    Path web,
    Path trust) {

  /**
   * @param address to listen on
   * @param port to listen on
   */
  public record Validation(@DefaultValue("127.0.0.1") String address, int port) {}

  /**
   * @param socket the Unix domain socket of the only signer, whose name is {@code signer}
   * @param members several that hold the same keys, instead: each one's name, which never changes,
   *     and its address, {@code unix:/path/to/socket} or {@code tls://host:port}
   * @param tls needed for one on another host
   * @param timeout how long an answer may take
   */
  public record Signer(
      @Nullable Path socket,
      @Nullable Map<String, URI> members,
      @Nullable Tls tls,
      @DefaultValue("10s") Duration timeout) {}

  /**
   * @param keystore PKCS#12 with this node's private key and certificate for the signers
   * @param passwordFile holds its password
   * @param fingerprints SHA-256 of the signers' certificates
   */
  public record Tls(Path keystore, Path passwordFile, Set<String> fingerprints) {}

  /**
   * @param embedded the folder of the embedded server; else {@code url} and {@code user} are needed
   * @param url the JDBC address of the district's own server
   * @param user its user
   * @param passwordFile holds the password; of the embedded server it is the administrator's
   * @param owner who owns the tables of the district's own server and brings them up to date; if
   *     there is none, {@code user} does, and could lift what keeps the past as it was
   */
  public record Database(
      @Nullable Path embedded,
      @Nullable String url,
      @Nullable String user,
      Path passwordFile,
      @Nullable Owner owner) {}

  /**
   * @param user its name
   * @param passwordFile holds its password
   */
  public record Owner(String user, Path passwordFile) {}

  /**
   * @param url as {@code ldap://127.0.0.1:10389}
   * @param base as {@code dc=hassberge,dc=example}
   * @param bindDn the account that reads and publishes
   * @param passwordFile holds its password
   */
  public record Directory(String url, String base, String bindDn, Path passwordFile) {}
}
