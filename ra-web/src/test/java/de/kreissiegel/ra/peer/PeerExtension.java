package de.kreissiegel.ra.peer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Finds the peers of a test class, hands them to the tests, and keeps the count. */
final class PeerExtension
    implements BeforeAllCallback, ParameterResolver, AfterTestExecutionCallback {
  private static final Namespace NAMESPACE = Namespace.create(PeerExtension.class);

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    PeerReport report = reportOf(context);
    for (Peer peer : peersOf(context)) {
      Optional<Path> executable = peer.find();
      if (executable.isPresent()) {
        report.found(peer, peer.version(executable.get()));
      } else {
        report.missing(peer);
        miss(peer);
      }
    }
  }

  private static void miss(Peer peer) {
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
    Peer[] own =
        parameter
            .findAnnotation(AgainstPeer.class)
            .map(AgainstPeer::value)
            .orElseGet(() -> peersOf(context));
    if (own.length != 1) {
      throw new IllegalStateException("say which peer: " + parameter.getParameter());
    }
    PeerSession session = new PeerSession(own[0], own[0].find().orElseThrow());
    sessionsOf(context).all.add(session);
    return session;
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    List<PeerSession> sessions = sessionsOf(context).all;
    sessions.forEach(session -> reportOf(context).count(session.peer(), session.assertions()));
    if (context.getExecutionException().isPresent()) {
      return;
    }
    if (sessions.isEmpty()) {
      throw new AssertionError("no peer saw anything in " + context.getDisplayName());
    }
    for (PeerSession session : sessions) {
      if (session.assertions() == 0) {
        throw new AssertionError(
            "%s saw nothing in %s".formatted(session.peer().program(), context.getDisplayName()));
      }
    }
  }

  /** The sessions of one test. */
  private record Sessions(List<PeerSession> all) {}

  private static Sessions sessionsOf(ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(Sessions.class, _ -> new Sessions(new ArrayList<>()), Sessions.class);
  }

  private static Peer[] peersOf(ExtensionContext context) {
    return context.getRequiredTestClass().getAnnotation(AgainstPeer.class).value();
  }

  private static PeerReport reportOf(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(PeerReport.class, _ -> new PeerReport(), PeerReport.class);
  }
}
