package de.kreissiegel.ldap.publish;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import de.kreissiegel.ca.publication.Destination;
import de.kreissiegel.ca.publication.EntryRefused;
import de.kreissiegel.ca.publication.Posting;
import de.kreissiegel.ca.publication.PublicationRules;
import de.kreissiegel.ca.publication.ValueChange;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.SubjectId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A directory that certificates and lists are written to. */
public final class DirectoryWriter implements Destination {
  /** Answers that say nothing about the change that was asked for. */
  private static final Set<ResultCode> OUT =
      Set.of(
          ResultCode.BUSY,
          ResultCode.UNAVAILABLE,
          ResultCode.TIME_LIMIT_EXCEEDED,
          ResultCode.INVALID_CREDENTIALS,
          ResultCode.CONFIDENTIALITY_REQUIRED,
          ResultCode.STRONG_AUTH_REQUIRED);

  private final PublishConfig config;
  private final ValueWriter values;
  private final Optional<AuthorityEntries> authorities;

  public DirectoryWriter(PublishConfig config, Entries entries) {
    this.config = config;
    var server = new ServerKind(entries);
    this.values = new ValueWriter(entries, server);
    this.authorities = config.authoritiesDn().map(dn -> new AuthorityEntries(entries, server, dn));
  }

  @Override
  public DirectoryName name() {
    return config.name();
  }

  @Override
  public PublicationRules rules() {
    return config.rules();
  }

  @Override
  public void change(SubjectId subject, List<ValueChange> changes)
      throws DirectoryUnavailable, EntryRefused {
    asking(() -> values.write(subject, changes));
  }

  @Override
  public void post(Posting posting) throws DirectoryUnavailable, EntryRefused {
    AuthorityEntries there =
        authorities.orElseThrow(() -> new EntryRefused("no place for authorities is configured"));
    asking(() -> there.write(posting));
  }

  private interface Question {
    void ask() throws LDAPException, EntryRefused;
  }

  private static void asking(Question question) throws DirectoryUnavailable, EntryRefused {
    try {
      question.ask();
    } catch (LDAPException answer) {
      ResultCode code = answer.getResultCode();
      String said = "the directory says " + code.getName() + ": " + answer.getMessage();
      if (OUT.contains(code) || !code.isConnectionUsable() || code.isClientSideResultCode()) {
        throw new DirectoryUnavailable(said, answer);
      }
      throw new EntryRefused(said);
    }
  }
}
