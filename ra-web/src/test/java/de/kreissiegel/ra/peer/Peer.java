package de.kreissiegel.ra.peer;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A program or a corpus of others that we hold our work against. */
public enum Peer {
  OPENSSL("openssl", "version"),
  CURL("curl", "--version"),
  OCSPTOOL("ocsptool", "--version"),
  SLAPD("slapd", "-VV"),
  LDAPSEARCH("ldapsearch", "-VV"),
  LDAPMODIFY("ldapmodify", "-VV"),
  CHROMIUM("chromium", "--version"),
  SOFTHSM2("softhsm2-util", "--version"),
  POSTGRES("postgres", "--version"),
  RSYSLOG("rsyslogd", "-v"),
  CERTTOOL("certtool", "--version"),
  P11TOOL("p11tool", "--version"),
  /** Of OpenSC; it tells no version itself. */
  PKCS11_TOOL("pkcs11-tool", "") {
    @Override
    String version(Path executable) throws Exception {
      return Output.of(
              List.of("dpkg-query", "--show", "--showformat=${Package} ${Version}", "opensc"))
          .text()
          .strip();
    }
  },
  SWANCTL("swanctl", "--version"),
  OPENVPN("openvpn", "--version"),
  NMCLI("nmcli", "--version"),
  /** For its plistlib. */
  PYTHON("python3", "--version"),
  DOVECOT("dovecot", "--version"),
  /** An OpenID provider, as npm has it; run by {@code node}. */
  OIDC_PROVIDER("oidc-provider", "") {
    @Override
    public Optional<Path> find() {
      return Optional.of(Path.of("src/test/oidc-provider/node_modules/oidc-provider/package.json"))
          .filter(Files::isRegularFile);
    }

    @Override
    String version(Path description) throws Exception {
      return Files.readString(description)
          .lines()
          .filter(line -> line.contains("\"version\""))
          .findFirst()
          .orElseThrow()
          .strip();
    }
  },
  /** Asked by {@code postconf}, which tells its version. */
  POSTFIX("postfix", "") {
    @Override
    String version(Path executable) throws Exception {
      return Output.of(
              List.of(executable.resolveSibling("postconf").toString(), "-d", "mail_version"))
          .text()
          .strip();
    }
  },
  /** No program: NIST's certificates and CRLs for path validation, which are read. */
  PKITS("pkits", "") {
    @Override
    public Optional<Path> find() {
      return Optional.of(
              Path.of("/usr/lib/python3/dist-packages/cryptography_vectors/x509/PKITS_data"))
          .filter(Files::isDirectory);
    }

    @Override
    String version(Path corpus) throws Exception {
      Output output =
          Output.of(
              List.of(
                  "dpkg-query",
                  "--show",
                  "--showformat=${Package} ${Version}",
                  "python3-cryptography-vectors"));
      return output.text().strip();
    }
  };

  /** Where servers live; an ordinary user's PATH often lacks it. */
  private static final List<String> ALSO =
      List.of("/usr/sbin", "/usr/local/sbin", "/sbin", "/usr/lib/postgresql/15/bin");

  private static final Pattern NUMBER = Pattern.compile("\\d\\.\\d");

  private final String program;
  private final String versionOption;

  Peer(String program, String versionOption) {
    this.program = program;
    this.versionOption = versionOption;
  }

  /** The name of the program's file, which reports use, too. */
  public String program() {
    return program;
  }

  /** Where the program is; empty if it isn't installed. */
  public Optional<Path> find() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(Stream.of(path.split(File.pathSeparator)), ALSO.stream())
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** What the program says of its version: the first line that has a number with a point in it. */
  String version(Path executable) throws Exception {
    Output output = Output.of(List.of(executable.toString(), versionOption));
    return output
        .text()
        .lines()
        .map(String::strip)
        .filter(line -> NUMBER.matcher(line).find())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(program + " tells no version: " + output));
  }
}
