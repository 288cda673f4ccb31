package de.kreissiegel.ra.peer;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Finds the peer of a test class, hands it to the tests, and keeps the count. */
final class PeerExtension
    implements BeforeAllCallback, ParameterResolver, AfterTestExecutionCallback {
  private static final Namespace NAMESPACE = Namespace.create(PeerExtension.class);

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    Peer peer = peerOf(context);
    PeerReport report = reportOf(context);
    Optional<Path> executable = peer.find();
    if (executable.isPresent()) {
      report.found(peer, peer.version(executable.get()));
      return;
    }
    report.missing(peer);
    String message = "the peer " + peer.program() + " is not installed (.ci/install-peers does it)";
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(message);
    }
    Assumptions.abort(message);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == PeerSession.class;
  }

  @Override
  public PeerSession resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Peer peer = peerOf(context);
    PeerSession session = new PeerSession(peer, peer.find().orElseThrow());
    context.getStore(NAMESPACE).put(PeerSession.class, session);
    return session;
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    PeerSession session = context.getStore(NAMESPACE).get(PeerSession.class, PeerSession.class);
    int assertions = session == null ? 0 : session.assertions();
    reportOf(context).count(peerOf(context), assertions);
    if (assertions == 0 && context.getExecutionException().isEmpty()) {
      throw new AssertionError(
          "%s saw nothing in %s".formatted(peerOf(context).program(), context.getDisplayName()));
    }
  }

  private static Peer peerOf(ExtensionContext context) {
    return context.getRequiredTestClass().getAnnotation(AgainstPeer.class).value();
  }

  private static PeerReport reportOf(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(PeerReport.class, _ -> new PeerReport(), PeerReport.class);
  }
}
