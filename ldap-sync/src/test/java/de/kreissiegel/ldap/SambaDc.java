package de.kreissiegel.ldap;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A domain controller of Samba, in a network of its own (which needs root), with an address for
 * LDAPS. Its domain is {@code ks.test}.
 */
public final class SambaDc implements AutoCloseable {
  public static final String BASE = "DC=ks,DC=test";
  public static final String ADMINISTRATOR = "administrator@ks.test";
  public static final String PASSWORD = "Passw0rd!23";

  /** Its name, which only its own network resolves. */
  public static final String HOST = "dc1.ks.test";

  private static final String NET = "ksad";
  private static final String HERE = "10.81.7.2";
  private static final String THERE = "10.81.7.1";
  private final Path folder;
  private Process process;

  public SambaDc(Path folder) throws Exception {
    this.folder = folder;
    String tool = Slapd.program("samba-tool");
    network();
    Slapd.run(
        tool,
        "domain",
        "provision",
        "--realm=KS.TEST",
        "--domain=KSTEST",
        "--server-role=dc",
        "--dns-backend=SAMBA_INTERNAL",
        "--adminpass=" + PASSWORD,
        "--host-name=dc1",
        "--host-ip=" + THERE,
        "--targetdir=" + folder.resolve("s"));
    configure();
    start();
  }

  public URI address() {
    return URI.create("ldaps://" + THERE);
  }

  /** The certificate of its LDAP server, which is its own anchor. */
  public Path anchor() {
    return folder.resolve("cert.pem");
  }

  /** Runs {@code samba-tool} on its files. */
  public void tool(String... words) throws Exception {
    var command = new ArrayList<>(List.of(Slapd.program("samba-tool")));
    command.addAll(List.of(words));
    command.addAll(List.of("-H", folder.resolve("s/private/sam.ldb").toString()));
    Slapd.run(command.toArray(String[]::new));
  }

  /** Writes the key of an account. */
  public Path keytab(String account) throws Exception {
    Path keytab = folder.resolve(account + ".keytab");
    Slapd.run(
        Slapd.program("samba-tool"),
        "domain",
        "exportkeytab",
        keytab.toString(),
        "--principal=" + account,
        "-s",
        folder.resolve("s/etc/smb.conf").toString());
    return keytab;
  }

  /** Names hosts for a virtual machine ({@code jdk.net.hosts.file}). */
  public Path hosts() {
    return folder.resolve("hosts");
  }

  /** Says where the domain's key distribution centre is ({@code java.security.krb5.conf}). */
  public Path kerberosConfiguration() throws Exception {
    return Files.writeString(
        folder.resolve("krb5.conf"),
        """
        [libdefaults]
        default_realm = KS.TEST
        dns_lookup_kdc = false
        [realms]
        KS.TEST = {
          kdc = %s
        }
        """
            .formatted(THERE));
  }

  /** Lets an account see the container of deleted objects, which no tool of Samba can. */
  public void showDeletedObjects(String accountDn) throws Exception {
    Path script = folder.resolve("grant.py");
    Files.writeString(
        script,
        """
        import sys, ldb
        from samba.samdb import SamDB
        from samba.auth import system_session
        from samba.param import LoadParm
        from samba.dcerpc import security
        from samba.ndr import ndr_pack, ndr_unpack
        conf, url, container, account = sys.argv[1:]
        lp = LoadParm()
        lp.load(conf)
        db = SamDB(url=url, session_info=system_session(), lp=lp)
        sid = ndr_unpack(security.dom_sid,
          db.search(account, ldb.SCOPE_BASE, attrs=["objectSid"])[0]["objectSid"][0])
        controls = ["show_deleted:1", "sd_flags:1:4"]
        found = db.search(container, ldb.SCOPE_BASE, attrs=["nTSecurityDescriptor"],
          controls=controls)[0]
        domain = security.dom_sid(db.get_domain_sid())
        text = ndr_unpack(security.descriptor, found["nTSecurityDescriptor"][0]).as_sddl(domain)
        start = text.index("(")
        text = text[:start] + "(A;;RPLC;;;%s)" % sid + text[start:]
        change = ldb.Message(found.dn)
        change["sd"] = ldb.MessageElement(
          ndr_pack(security.descriptor.from_sddl(text, domain)),
          ldb.FLAG_MOD_REPLACE, "nTSecurityDescriptor")
        db.modify(change, controls=controls)
        """);
    Slapd.run(
        "/usr/bin/python3",
        script.toString(),
        folder.resolve("s/etc/smb.conf").toString(),
        folder.resolve("s/private/sam.ldb").toString(),
        "CN=Deleted Objects," + BASE,
        accountDn);
  }

  private static void network() throws Exception {
    takeDownNetwork();
    ip("netns", "add", NET);
    ip("link", "add", "ksad0", "type", "veth", "peer", "name", "ksad1", "netns", NET);
    ip("addr", "add", HERE + "/24", "dev", "ksad0");
    ip("link", "set", "ksad0", "up");
    ip("-n", NET, "link", "set", "lo", "up");
    ip("-n", NET, "addr", "add", THERE + "/24", "dev", "ksad1");
    ip("-n", NET, "link", "set", "ksad1", "up");
  }

  private static void takeDownNetwork() throws Exception {
    new ProcessBuilder(Slapd.program("ip"), "netns", "del", NET)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor(10, TimeUnit.SECONDS);
  }

  private static void ip(String... words) throws Exception {
    var command = new ArrayList<>(List.of(Slapd.program("ip")));
    command.addAll(List.of(words));
    Slapd.run(command.toArray(String[]::new));
  }

  private void configure() throws Exception {
    Slapd.run(
        Slapd.program("openssl"),
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "30",
        "-subj",
        "/CN=dc1.ks.test",
        "-addext",
        "subjectAltName=DNS:" + HOST + ",IP:" + THERE,
        "-keyout",
        folder.resolve("key.pem").toString(),
        "-out",
        anchor().toString());
    Files.writeString(
        folder.resolve("hosts"), "127.0.0.1 localhost\n" + THERE + " dc1.ks.test dc1\n");
    Files.writeString(folder.resolve("resolv.conf"), "nameserver " + THERE + "\n");
    Files.createDirectories(folder.resolve("run/ncalrpc"));
    Path config = folder.resolve("s/etc/smb.conf");
    String text = Files.readString(config).replaceAll("(?m)^\\s*dns forwarder.*$", "");
    Files.writeString(
        config,
        text.replace(
            "[global]",
            """
            [global]
            interfaces = lo ksad1
            bind interfaces only = yes
            server services = ldap, cldap, kdc
            pid directory = %1$s/run
            ncalrpc dir = %1$s/run/ncalrpc
            ldap server require strong auth = allow_sasl_over_tls
            tls enabled = yes
            tls keyfile = %1$s/key.pem
            tls certfile = %1$s/cert.pem
            tls cafile = %1$s/cert.pem
            """
                .formatted(folder)));
  }

  private void start() throws Exception {
    String script =
        """
        hostname dc1
        mount --bind %1$s/hosts /etc/hosts
        mount --bind %1$s/resolv.conf /etc/resolv.conf
        exec samba -i -M single --debug-stdout -s %1$s/s/etc/smb.conf
        """
            .formatted(folder);
    process =
        new ProcessBuilder(
                Slapd.program("ip"),
                "netns",
                "exec",
                NET,
                "unshare",
                "-m",
                "-u",
                "sh",
                "-c",
                script)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("samba.log").toFile())
            .start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!listens()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        fail("samba did not start: " + Files.readString(folder.resolve("samba.log")));
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private static boolean listens() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(THERE, 636), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() throws Exception {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    takeDownNetwork();
  }
}
