package de.kreissiegel.ra.wiring;

import static java.util.stream.Collectors.toSet;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.publication.PublicationRules;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.settings.ConfigurationFaults;
import de.kreissiegel.ldap.DirectoryConfig;
import de.kreissiegel.ldap.follow.FollowSettings;
import de.kreissiegel.ldap.follow.SourceKind;
import de.kreissiegel.ldap.mapping.DirectoryMapping;
import de.kreissiegel.ldap.mapping.MappingFile;
import de.kreissiegel.ldap.publish.PublishConfig;
import de.kreissiegel.ldap.server.Account;
import de.kreissiegel.ldap.server.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.BindException;

/** The directories of an installation, from its configuration. */
public final class DirectoryWiring {
  /** What the only directory is called. */
  private static final String ONLY = "district";

  private static final Pattern OWN = Pattern.compile("mapping-[a-z0-9-]{1,40}\\.yaml");

  private DirectoryWiring() {}

  /**
   * Those that a file names, without starting anything.
   *
   * @param file {@code kreissiegel.yaml}
   * @throws IOException if it or what it names can't be read
   * @throws ConfigurationFaults if a mapping is wrong
   * @throws IllegalArgumentException if it is wrong otherwise, with a sentence
   */
  public static List<DirectoryConfig> configs(Path file) throws IOException, ConfigurationFaults {
    Installation installation;
    try {
      installation = InstallationReader.binder(file).bind("kreissiegel", Installation.class).get();
    } catch (BindException | NoSuchElementException wrong) {
      throw new IOException(file + ": " + wrong.getMessage(), wrong);
    }
    return configs(installation);
  }

  static List<DirectoryConfig> configs(Installation installation)
      throws IOException, ConfigurationFaults {
    var configs = new ArrayList<DirectoryConfig>();
    for (var one : named(installation).entrySet()) {
      configs.add(config(new DirectoryName(one.getKey()), one.getValue(), installation));
    }
    return configs;
  }

  /** What is written into the directory of this name. */
  static PublishConfig publishing(Installation installation, DirectoryName name) {
    Installation.Directory directory = named(installation).get(name.value());
    if (directory == null) {
      throw new IllegalArgumentException("no directory " + name);
    }
    Installation.Publish publish = directory.publish();
    return new PublishConfig(
        name,
        new PublicationRules(
            publish.smimeMessages(),
            publish.authorities() != null,
            publish.largestList().toBytes(),
            publish.keepExpired(),
            publish.withdrawSuperseded(),
            publish.logonAuthorities().stream().map(AuthorityName::new).collect(toSet())),
        Optional.ofNullable(publish.authorities()));
  }

  private static Map<String, Installation.Directory> named(Installation installation) {
    Installation.Directory only = installation.directory();
    Map<String, Installation.Directory> several = installation.directories();
    if ((only == null) == (several == null || several.isEmpty())) {
      throw new IllegalArgumentException(
          "kreissiegel needs either 'directory' or, for several, 'directories'");
    }
    return only != null ? Map.of(ONLY, only) : new TreeMap<>(several);
  }

  private static DirectoryConfig config(
      DirectoryName name, Installation.Directory settings, Installation installation)
      throws IOException, ConfigurationFaults {
    var server =
        new ServerConfig(
            settings.url().stream().map(URI::create).toList(),
            settings.startTls(),
            Optional.ofNullable(settings.trust()),
            account(name, settings));
    Duration every = settings.compareEvery();
    return new DirectoryConfig(
        name,
        server,
        settings.base(),
        new FollowSettings(
            Optional.ofNullable(settings.source()).map(SourceKind::of),
            settings.followEvery(),
            every == null
                ? new FollowSettings.Daily(settings.compareAt())
                : new FollowSettings.Every(every),
            FollowSettings.SILENCE),
        mapping(settings.mapping(), installation.authorities()));
  }

  private static Account account(DirectoryName name, Installation.Directory settings)
      throws IOException {
    Installation.ClientCertificate client = settings.client();
    Installation.Kerberos kerberos = settings.kerberos();
    String bindDn = settings.bindDn();
    Path passwordFile = settings.passwordFile();
    if (Stream.of(client, kerberos, bindDn).filter(Objects::nonNull).count() == 1) {
      if (client != null) {
        return new Account.ClientCertificate(client.certificate(), client.key());
      }
      if (kerberos != null) {
        return new Account.Kerberos(kerberos.principal(), kerberos.keytab());
      }
      if (bindDn != null && passwordFile != null) {
        return new Account.Password(bindDn, Files.readString(passwordFile).strip());
      }
    }
    throw new IllegalArgumentException(
        "the directory "
            + name
            + " needs one of: 'bind-dn' with 'password-file', 'client' with a certificate,"
            + " 'kerberos' with a principal");
  }

  /** Files lie beside the hierarchy, for two people consent to what lies there. */
  private static DirectoryMapping mapping(String name, Path authorities)
      throws IOException, ConfigurationFaults {
    if (OWN.matcher(name).matches()) {
      return MappingFile.load(authorities.resolve(name));
    }
    return MappingFile.bundled(name);
  }
}
