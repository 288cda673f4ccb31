package de.kreissiegel.ca.authority;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The hierarchy on disk: {@code hierarchy.yaml} says which authority uses which keys of the vault
 * and how it makes its lists; beside it lie {@code NAME.cer} for each and {@code NAME.crl} for
 * those whose CRL a ceremony signed.
 */
public final class AuthorityFiles {
  private static final String PLAN = "hierarchy.yaml";

  private AuthorityFiles() {}

  /**
   * An authority to be written.
   *
   * @param name its name
   * @param key its key in the vault
   * @param ocspKey its responder's key; empty for a root
   * @param certificate its certificate, DER
   * @param lists how it tells what it has revoked
   */
  public record Member(
      AuthorityName name,
      KeyId key,
      Optional<KeyId> ocspKey,
      Bytes certificate,
      CrlSettings lists) {
    /** With the usual lists. */
    public Member(AuthorityName name, KeyId key, Optional<KeyId> ocspKey, Bytes certificate) {
      this(name, key, ocspKey, certificate, CrlSettings.USUAL);
    }
  }

  /** Writes a hierarchy; {@code hierarchy.yaml} last, so that it stands for all of it. */
  public static void write(Path folder, List<Member> members, Map<AuthorityName, Bytes> crls)
      throws IOException {
    Files.createDirectories(folder);
    var entries = new ArrayList<Map<String, Object>>();
    for (Member member : members) {
      Files.write(folder.resolve(member.name() + ".cer"), member.certificate().toArray());
      var entry = new LinkedHashMap<String, Object>();
      entry.put("name", member.name().value());
      entry.put("key", member.key().value());
      member.ocspKey().ifPresent(key -> entry.put("ocsp-key", key.value()));
      if (!member.lists().equals(CrlSettings.USUAL)) {
        entry.put("crl", CrlSheet.write(member.lists()));
      }
      entries.add(entry);
    }
    for (var crl : crls.entrySet()) {
      Files.write(folder.resolve(crl.getKey() + ".crl"), crl.getValue().toArray());
    }
    var settings = DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
    Files.writeString(
        folder.resolve(PLAN), new Dump(settings).dumpToString(Map.of("authorities", entries)));
  }

  /**
   * Reads a hierarchy.
   *
   * @throws IOException if a file is missing or is not what its name says; the message names it
   */
  public static AuthorityCatalog read(Path folder) throws IOException {
    List<Member> members = members(folder.resolve(PLAN));
    var authorities = new ArrayList<Authority>();
    var crls = new LinkedHashMap<AuthorityName, Bytes>();
    for (Member member : members) {
      authorities.add(authority(member, members));
      Path crl = folder.resolve(member.name() + ".crl");
      if (Files.exists(crl)) {
        crls.put(member.name(), Bytes.of(Files.readAllBytes(crl)));
      }
    }
    try {
      return new AuthorityCatalog(authorities, crls);
    } catch (IllegalArgumentException wrong) {
      throw new IOException(folder.resolve(PLAN) + ": " + wrong.getMessage(), wrong);
    }
  }

  private static List<Member> members(Path plan) throws IOException {
    try {
      Object read =
          new Load(LoadSettings.builder().setLabel(plan.toString()).build())
              .loadFromString(Files.readString(plan));
      var members = new ArrayList<Member>();
      if (read instanceof Map<?, ?> map && map.get("authorities") instanceof List<?> entries) {
        for (Object entry : entries) {
          members.add(member((Map<?, ?>) entry, plan));
        }
      }
      if (members.isEmpty()) {
        throw new IOException(plan + " names no authorities");
      }
      return members;
    } catch (YamlEngineException | ClassCastException | IllegalArgumentException notOne) {
      throw new IOException(plan + " is not a hierarchy: " + notOne.getMessage(), notOne);
    }
  }

  private static Member member(Map<?, ?> entry, Path plan) throws IOException {
    var name = new AuthorityName(text(entry, "name", plan));
    Path file = plan.resolveSibling(name + ".cer");
    Optional<KeyId> ocspKey =
        entry.get("ocsp-key") instanceof String key
            ? Optional.of(new KeyId(key))
            : Optional.empty();
    return new Member(
        name,
        new KeyId(text(entry, "key", plan)),
        ocspKey,
        Bytes.of(Files.readAllBytes(file)),
        CrlSheet.read(entry.get("crl")));
  }

  private static String text(Map<?, ?> entry, String key, Path plan) throws IOException {
    if (entry.get(key) instanceof String text) {
      return text;
    }
    throw new IOException(plan + ": an authority lacks '" + key + "'");
  }

  private static Authority authority(Member member, List<Member> all) throws IOException {
    Certificate certificate = parse(member);
    SubjectKeyIdentifier identifier =
        SubjectKeyIdentifier.fromExtensions(certificate.getTBSCertificate().getExtensions());
    if (identifier == null) {
      throw new IOException(
          member.name() + ".cer lacks " + Extension.subjectKeyIdentifier + " (RFC 5280 §4.2.1.2)");
    }
    return new Authority(
        member.name(),
        member.certificate(),
        chain(certificate, all),
        member.key(),
        member.ocspKey(),
        Bytes.of(certificate.getSubject().getEncoded("DER")),
        Bytes.of(identifier.getKeyIdentifier()),
        certificate.getEndDate().getDate().toInstant(),
        member.lists());
  }

  /** The certificates above, found by name: issuer first, root last. */
  private static List<Bytes> chain(Certificate start, List<Member> all) throws IOException {
    var chain = new ArrayList<Bytes>();
    Certificate below = start;
    while (!below.getIssuer().equals(below.getSubject())) {
      Member above = null;
      for (Member candidate : all) {
        if (parse(candidate).getSubject().equals(below.getIssuer())) {
          above = candidate;
        }
      }
      if (above == null || chain.size() > all.size()) {
        throw new IOException("the chain of " + start.getSubject() + " has no root here");
      }
      chain.add(above.certificate());
      below = parse(above);
    }
    return chain;
  }

  private static Certificate parse(Member member) throws IOException {
    try {
      return Certificate.getInstance(member.certificate().toArray());
    } catch (IllegalArgumentException notOne) {
      throw new IOException(member.name() + ".cer is not a certificate", notOne);
    }
  }
}
