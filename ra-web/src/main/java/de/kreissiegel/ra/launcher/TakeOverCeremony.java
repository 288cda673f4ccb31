package de.kreissiegel.ra.launcher;

import de.kreissiegel.ra.ceremony.ForeignAuthority;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ceremony take-over}: a foreign authority's key and its place here. */
@Command(
    name = "take-over",
    description =
        "Takes a foreign authority over: it issues nothing more, and its key goes on signing CRLs"
            + " and its OCSP responder's certificates. Its certificates and revocations come in by"
            + " `take-in` afterwards.",
    mixinStandardHelpOptions = true)
final class TakeOverCeremony implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  private CeremonyCommand.Where where;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "What it is called here, at most 25 characters.")
  private String name = "";

  @Option(
      names = "--certificate",
      required = true,
      paramLabel = "FILE",
      description = "Its certificate, PEM or DER.")
  private Path certificate = Path.of("");

  @Option(
      names = "--chain",
      paramLabel = "FILE",
      description = "The certificates above it, its issuer first; may be left out.")
  private @Nullable Path chain;

  @Option(names = "--pkcs12", paramLabel = "FILE", description = "Its key, for the software token.")
  private @Nullable Path pkcs12;

  @Option(
      names = "--token",
      paramLabel = "NAME",
      description = "The HSM of vault.yaml where its key lies already, labelled as --name.")
  private @Nullable String token;

  @Option(
      names = "--crl-path",
      paramLabel = "PATH",
      description = "Where its CRL was served, as /pki/old.crl; may be repeated.")
  private List<String> listPaths = new ArrayList<>();

  @Option(
      names = "--certificate-path",
      paramLabel = "PATH",
      description = "Where its certificate was served; may be repeated.")
  private List<String> certificatePaths = new ArrayList<>();

  @Override
  public Integer call() throws LaunchFailure {
    if ((pkcs12 == null) == (token == null)) {
      throw new LaunchFailure("The key comes from --pkcs12 FILE or lies at --token NAME.");
    }
    ForeignAuthority foreign =
        new ForeignAuthority(
            HierarchyCeremonies.name(name),
            certificate,
            Optional.ofNullable(chain),
            Optional.ofNullable(pkcs12),
            Optional.ofNullable(token),
            listPaths,
            certificatePaths);
    return where.lead(ceremonies -> ceremonies.takeOver(foreign));
  }
}
