package de.kreissiegel.ra.launcher;

/**
 * The configuration that the demo's first start writes, as an installation has one, too.
 *
 * @param folder where everything lies
 * @param ports where the doors are
 */
record DemoConfiguration(DataDirectory folder, Ports ports) {

  /**
   * The account with which the directory is read and published to.
   *
   * @param base the directory's suffix
   * @param dn the account's entry
   */
  record DirectoryAccount(String base, String dn) {}

  /** The file's text. Secrets stand in files of their own. */
  String text(DirectoryAccount account) {
    return """
        # The configuration of this Kreissiegel installation: the demo.
        kreissiegel:
          demo: true
          district: Landkreis Haßberge
          node: demo
          # The address of the pages; and the one that stands in certificates: it must not change
          # as long as one of them is valid.
          public-base-url: https://localhost:%1$d
          certificate-door:
            port: %15$d
          # Whoever tries the demo begins with a password; an installation had better not.
          first-passkey-by-password: true
          registration:
            approve-by-passkey: true
          validation-base-url: http://localhost:%2$d
          validation:
            address: 127.0.0.1
            port: %2$d
          ocsp:
            copy: %14$s
          service-hours:
            de: Dies ist die Demo; die Sperrhotline ist nicht besetzt.
            en: This is the demo; nobody answers the revocation hotline.
          accessibility:
            mail: barrierefreiheit@landkreis.example
          signer:
            socket: %3$s
          authorities: %4$s
          trust: %5$s
          web: %6$s
          database:
            embedded: %7$s
            password-file: %8$s
          directory:
            url: ldap://127.0.0.1:%9$d
            base: %10$s
            bind-dn: %11$s
            password-file: %12$s
            # The demo's server doesn't tell what was deleted: so all of it is read often.
            compare-every: 15s
        server:
          address: 127.0.0.1
          port: %1$d
        management:
          server:
            port: %13$d
        """
        .formatted(
            ports.https(),
            ports.http(),
            quoted(folder.signerSocket()),
            quoted(folder.authorities()),
            quoted(folder.trust()),
            quoted(folder.web()),
            quoted(folder.database()),
            quoted(folder.secret("database-password")),
            ports.directory(),
            quoted(account.base()),
            quoted(account.dn()),
            quoted(folder.secret("directory-password")),
            ports.management(),
            quoted(folder.status()),
            ports.certificate());
  }

  /** A double-quoted scalar of YAML. */
  private static String quoted(Object text) {
    return '"' + text.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
