package de.kreissiegel.ra.wiring;

import de.kreissiegel.ca.campaign.BusinessHours;
import de.kreissiegel.ca.login.ProviderLogin;
import de.kreissiegel.ca.status.OcspSettings.NeverIssued;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ra.database.DatabaseAddress;
import de.kreissiegel.ra.mail.SmtpServer;
import de.kreissiegel.ra.pages.certificates.ServiceHours;
import de.kreissiegel.ra.pages.house.CostSettings;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The configuration of one installation ({@code kreissiegel.yaml}). Secrets stand in files of their
 * own, never here.
 *
 * @param demo whether this is the demo, which each page says
 * @param node this node's name, and its audit chain's
 * @param publicBaseUrl the address of the pages, as {@code https://pki.example:8443}
 * @param certificateDoor where people and programs log in by certificate
 * @param firstPasskeyByPassword whether somebody who has no passkey may register one with a
 *     password alone: as good as the password is until everybody has one
 * @param openidConnect a provider by which staff may log in, too; not set: there is none
 * @param validationBaseUrl the address of OCSP and CRL, as it stands in certificates
 * @param validation where OCSP and CRL are served
 * @param ocsp how OCSP answers
 * @param serviceHours when people can be reached for a revocation; empty if nothing is promised
 * @param signer how the vault is reached
 * @param authorities the folder of the hierarchy
 * @param superiorCrls how CRLs of external superiors are fetched
 * @param profiles a folder of profiles; without it the ones that come along
 * @param weakKeys a folder of lists of weak keys ({@code blacklist.RSA-*}), if there is one
 * @param database where the data is
 * @param directory the shared directory, where there is one only; its name is {@code district}
 * @param directories several of them instead, by their names, which never change
 * @param web where the web server keeps its TLS key
 * @param trust the folder of the anchors and of the public keys of journal and audit
 * @param costs who pays for it; not set: nobody is told
 * @param syslog a second host that gets the audit events, too
 * @param registration what officers are waited for, and how they approve
 * @param revision how often revisors review, and how
 * @param mail the district's mail server; not set: no letters are sent
 * @param campaigns when letters of campaigns go out
 * @param timeServers names of time servers against whose clocks ours is held, beside the database's
 */
@ConfigurationProperties("kreissiegel")
public record Installation(
    @DefaultValue("false") boolean demo,
    @DefaultValue("node-1") String node,
    URI publicBaseUrl,
    @DefaultValue CertificateDoor certificateDoor,
    @DefaultValue("false") boolean firstPasskeyByPassword,
    @Nullable OpenIdConnect openidConnect,
    URI validationBaseUrl,
    Validation validation,
    @DefaultValue Ocsp ocsp,
    @Nullable ServiceHours serviceHours,
    @DefaultValue Signer signer,
    Path authorities,
    @DefaultValue SuperiorCrls superiorCrls,
    @Nullable Path profiles,
    @Nullable Path weakKeys,
    Database database,
    @Nullable Directory directory,
    @Nullable Map<String, Directory> directories,
    Path web,
    Path trust,
    @Nullable Syslog syslog,
    @DefaultValue List<String> timeServers,
    @DefaultValue Brake brake,
    @Nullable Costs costs,
    @DefaultValue Registration registration,
    @DefaultValue Revision revision,
    @Nullable Mail mail,
    @DefaultValue Campaigns campaigns) {

  /**
   * The hours in which letters of campaigns go out, Monday to Friday.
   *
   * @param from when they begin, as {@code 08:00}
   * @param to when they end, later on the same day
   */
  public record Campaigns(@DefaultValue("08:00") String from, @DefaultValue("16:00") String to) {
    BusinessHours hours(ZoneId zone) {
      return new BusinessHours(LocalTime.parse(from), LocalTime.parse(to), zone);
    }
  }

  /**
   * @param fetch whether they are fetched; otherwise somebody takes them in by {@code superior-crl}
   * @param addresses http or https, in the order in which they are tried, by the superior's name,
   *     as {@code verwaltung-superior-1}; of those that aren't named certificates tell
   * @param largest the longest list that is read, 16 MiB at most
   * @param proxy through which they are fetched, as {@code http://proxy.example:3128}; without it
   *     the Java runtime's own settings count
   * @param connectTimeout how long a connection may take to come about
   * @param timeout how long an answer may take, to its last octet
   */
  public record SuperiorCrls(
      @DefaultValue("true") boolean fetch,
      @Nullable Map<String, List<URI>> addresses,
      @DefaultValue("4MB") DataSize largest,
      @Nullable URI proxy,
      @DefaultValue("10s") Duration connectTimeout,
      @DefaultValue("60s") Duration timeout) {}

  /**
   * @param period how long the time is that one looks at: 1, 2, 3, 4 or 6 months
   * @param grace how long after its end the review may be signed off
   * @param reminder how long before that time is over revisors hear of it
   * @param sample how many of each kind are drawn
   */
  public record Revision(
      @DefaultValue("P6M") Period period,
      @DefaultValue("P42D") Period grace,
      @DefaultValue("P14D") Period reminder,
      @DefaultValue("5") int sample) {}

  /**
   * @param passOnAfter after how many working days an application that no officer decided on is
   *     passed on to those who appoint them
   * @param zone whose days these are
   * @param approveByPasskey whether officers may approve by passkey: only where the vault's
   *     policies name the pages, as {@code pages} in the ceremony's plan does
   */
  public record Registration(
      @DefaultValue("3") int passOnAfter,
      @DefaultValue("Europe/Berlin") ZoneId zone,
      @DefaultValue("false") boolean approveByPasskey) {}

  /** The folder of this node's copies of CRLs. */
  public Path lists() {
    Path named = validation.lists();
    if (named == null && web == null) { // a validation node has no web server
      throw new IllegalArgumentException(
          "a validation node needs kreissiegel.validation's 'lists', a folder for copies of CRLs");
    }
    return named == null ? web.resolveSibling("lists") : named;
  }

  /**
   * @param port to listen on, beside that of the pages
   * @param baseUrl its address from outside; without it this port at the host of the pages
   */
  public record CertificateDoor(@DefaultValue("8444") int port, @Nullable URI baseUrl) {}

  /**
   * Who pays for the house.
   *
   * @param euros a year
   * @param district the tenant who pays a half
   * @param inhabitants of each municipality, by its tenant's id; without them costs are shared by
   *     use
   */
  public record Costs(BigDecimal euros, String district, @Nullable Map<String, Long> inhabitants) {
    CostSettings settings() {
      Map<TenantId, Long> people = new LinkedHashMap<>();
      if (inhabitants != null) {
        inhabitants.forEach((tenant, count) -> people.put(new TenantId(tenant), count));
      }
      return new CostSettings(
          new TenantId(district), euros.movePointRight(2).longValueExact(), people);
    }
  }

  /**
   * An OpenID provider by which staff may log in, too.
   *
   * @param issuer its identifier, to the letter, as {@code https://login.example/realms/district}
   * @param clientId as what it knows us
   * @param clientSecretFile holds what we prove that by; not set: we are a public client
   * @param claim which claim names a person
   * @param names what that name is in the directory: {@code login} (log-in name or mail address) or
   *     {@code id} (of the entry)
   * @param scopes what is asked for beside {@code openid}
   * @param title what the log-in page calls it
   * @param trust PEM with the anchors for TLS; the platform's without it
   */
  public record OpenIdConnect(
      URI issuer,
      String clientId,
      @Nullable Path clientSecretFile,
      @DefaultValue("preferred_username") String claim,
      @DefaultValue("login") ProviderLogin.Names names,
      @DefaultValue("profile") Set<String> scopes,
      @DefaultValue("OpenID Connect") String title,
      @Nullable Path trust) {}

  /**
   * @param address to listen on
   * @param port to listen on
   * @param lists the folder of this node's copies of CRLs; without it {@code lists} beside that of
   *     the web server
   * @param noteInquiries whether a validation node writes down about which certificates somebody
   *     has asked; its role in the database needs the right for it
   * @param crlAlarm when a CRL that isn't renewed is an alarm
   */
  public record Validation(
      @DefaultValue("127.0.0.1") String address,
      int port,
      @Nullable Path lists,
      boolean noteInquiries,
      @DefaultValue CrlAlarm crlAlarm) {}

  /**
   * @param share of a list's time that is left, 0 to 0.5; lists are renewed at half of it
   * @param atMost never earlier before its end than this
   */
  public record CrlAlarm(
      @DefaultValue("0.25") double share, @DefaultValue("14d") Duration atMost) {}

  /**
   * @param validity from thisUpdate to nextUpdate; answers are signed anew after half of it. The
   *     vault's policy allows eight days at most
   * @param archive for how long after their end certificates are told of; not set: nothing is
   *     promised
   * @param neverIssued what a serial number gets that was never issued, by authority; {@code
   *     unknown} unless set
   * @param copy the folder of this node's copy of the answers, from which it answers after a
   *     restart while the database is away; not set: it keeps none
   * @param objective how soon a change of status is to be told of
   */
  public record Ocsp(
      @DefaultValue("24h") Duration validity,
      @Nullable Duration archive,
      @Nullable Map<String, NeverIssued> neverIssued,
      @Nullable Path copy,
      @DefaultValue("5s") Duration objective) {}

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
   * @param trust PEM with the anchors for TLS; the platform's without it
   * @param withoutTls the reason why a server on another host is reached without verified TLS; not
   *     set: it isn't
   */
  public record Database(
      @Nullable Path embedded,
      @Nullable String url,
      @Nullable String user,
      Path passwordFile,
      @Nullable Owner owner,
      @Nullable Path trust,
      @Nullable String withoutTls) {
    /** The address as it is used; null if there is none. */
    @Nullable String address() {
      return url == null ? null : DatabaseAddress.of(url, trust, withoutTls);
    }
  }

  /**
   * @param user its name
   * @param passwordFile holds its password
   */
  public record Owner(String user, Path passwordFile) {}

  /**
   * @param url as {@code ldaps://ldap.example}; several, if one stands in for another
   * @param base as {@code dc=hassberge,dc=example}
   * @param bindDn the account that reads and publishes; or {@code client}, or {@code kerberos}
   * @param passwordFile holds its password
   * @param client a certificate to log in with (SASL EXTERNAL) instead
   * @param kerberos a principal to log in as (SASL GSSAPI) instead
   * @param startTls whether TLS begins on the port of {@code ldap}
   * @param trust PEM with the anchors for TLS; the platform's without it
   * @param mapping which entries are what: the name of a mapping that comes along, or of a file
   *     {@code mapping-….yaml} in the hierarchy's folder
   * @param source how changes are learnt; chosen by what the server offers unless set
   * @param followEvery how often changes are asked for, where the server doesn't tell by itself
   * @param compareAt when everything is read again each day (UTC), where it doesn't
   * @param compareEvery how often everything is read again, instead
   * @param publish what is written there
   */
  public record Directory(
      List<String> url,
      String base,
      @Nullable String bindDn,
      @Nullable Path passwordFile,
      @Nullable ClientCertificate client,
      @Nullable Kerberos kerberos,
      @DefaultValue("false") boolean startTls,
      @Nullable Path trust,
      @DefaultValue("sample-district") String mapping,
      @Nullable String source,
      @DefaultValue("2s") Duration followEvery,
      @DefaultValue("02:00") LocalTime compareAt,
      @Nullable Duration compareEvery,
      @DefaultValue Publish publish) {}

  /**
   * @param smimeMessages whether encryption certificates are written to {@code
   *     userSMIMECertificate}, too
   * @param authorities below which entry those of authorities and their lists are written, as
   *     {@code ou=pki,dc=hassberge,dc=example}; not set: they aren't
   * @param largestList the longest list that is written
   * @param keepExpired for how long a certificate stays after its end; one for encryption doesn't
   * @param withdrawSuperseded whether a certificate is taken out when its successor is in
   * @param logonAuthorities whose certificates log in to this Active Directory, as {@code people}
   */
  public record Publish(
      @DefaultValue("false") boolean smimeMessages,
      @Nullable String authorities,
      @DefaultValue("3MB") DataSize largestList,
      @DefaultValue("30d") Duration keepExpired,
      @DefaultValue("false") boolean withdrawSuperseded,
      @DefaultValue Set<String> logonAuthorities) {}

  /**
   * @param certificate PEM, its issuers after it
   * @param key its private key, PKCS#8 in PEM
   */
  public record ClientCertificate(Path certificate, Path key) {}

  /**
   * @param principal as {@code kreissiegel@HASSFURT.EXAMPLE}
   * @param keytab holds its key
   */
  public record Kerberos(String principal, Path keytab) {}

  /**
   * How many may lose something by the directory before two officers have to look.
   *
   * @param ofDistrict in all tenants together
   * @param ofTenant in one tenant, however small it is, but never all
   * @param share of one tenant, 0 to 1
   * @param within in how long a while
   */
  public record Brake(
      @DefaultValue("25") int ofDistrict,
      @DefaultValue("3") int ofTenant,
      @DefaultValue("0.02") double share,
      @DefaultValue("1h") Duration within) {}

  /**
   * @param host its name, as its certificate has it
   * @param port as a rule 6514 (RFC 5425)
   * @param anchors PEM; whose certificates it may have, and nobody else's
   * @param keystore PKCS#12 with our key and certificate, if the host asks for one
   * @param passwordFile holds its password
   * @param timeout how long a delivery may take
   */
  public record Syslog(
      String host,
      @DefaultValue("6514") int port,
      Path anchors,
      @Nullable Path keystore,
      @Nullable Path passwordFile,
      @DefaultValue("30s") Duration timeout) {}

  /**
   * @param host its name, as its certificate has it
   * @param port of submission
   * @param encryption {@code starttls}, {@code tls}, or {@code none} to this host itself
   * @param trust PEM with the anchors for TLS; the platform's without it
   * @param user the name to log in with, if the server wants one
   * @param passwordFile holds its password
   * @param from the address that letters come from; it stands in the certificate that signs them
   * @param fromName the name beside it
   * @param bounces the address that bounces go to; a letter's envelope has {@code bounces+TOKEN@…}.
   *     Not set: they go to {@code from}
   * @param bounceMailbox where they are read; not set: nobody reads them
   * @param operator who hears of alarms, and of what no officer is there for
   * @param signed whether letters are signed (S/MIME)
   * @param templates a folder of the tenants' own templates
   * @param reminders how many days before their end holders are reminded
   * @param zone whose days and hours these are
   * @param giveUpAfter for how long a letter is tried
   * @param keep for how long letters are kept once they were sent
   * @param timeout how long the server may take to answer
   */
  public record Mail(
      String host,
      @DefaultValue("587") int port,
      @DefaultValue("starttls") SmtpServer.Encryption encryption,
      @Nullable Path trust,
      @Nullable String user,
      @Nullable Path passwordFile,
      String from,
      @DefaultValue("Kreissiegel") String fromName,
      @Nullable String bounces,
      @Nullable Mailbox bounceMailbox,
      String operator,
      @DefaultValue("true") boolean signed,
      @Nullable Path templates,
      @DefaultValue({"45", "14", "3"}) List<Integer> reminders,
      @DefaultValue("Europe/Berlin") ZoneId zone,
      @DefaultValue("5d") Duration giveUpAfter,
      @DefaultValue("90d") Duration keep,
      @DefaultValue("30s") Duration timeout) {}

  /**
   * A mailbox that is read by IMAP; its anchors are those of the mail server.
   *
   * @param host its server's name, as its certificate has it
   * @param port of IMAP
   * @param encryption {@code tls}, {@code starttls}, or {@code none} to this host itself
   * @param user the name to log in with
   * @param passwordFile holds the password
   */
  public record Mailbox(
      String host,
      @DefaultValue("993") int port,
      @DefaultValue("tls") SmtpServer.Encryption encryption,
      String user,
      Path passwordFile) {}
}
