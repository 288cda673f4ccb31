package de.kreissiegel.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ldap.server.Connections;
import java.util.List;
import java.util.Optional;

/** Adds and takes away single values of {@code userCertificate;binary} (RFC 4523 §2.1). */
final class Publisher {
  private static final String ATTRIBUTE = "userCertificate;binary";

  /** Where an entry stands now. */
  interface Names {
    Optional<String> of(SubjectId subject) throws LDAPException;
  }

  private final Connections connections;
  private final Names names;

  Publisher(Connections connections, Names names) {
    this.connections = connections;
    this.names = names;
  }

  void publish(SubjectId subject, byte[] certificate) throws LDAPException {
    var value = new Modification(ModificationType.ADD, ATTRIBUTE, certificate);
    ResultCode result = modify(subject, List.of(value));
    if (result.equals(ResultCode.OBJECT_CLASS_VIOLATION)) {
      // A device can't hold a certificate by itself; pkiUser (RFC 4523 §3.1) lets it.
      var pkiUser = new Modification(ModificationType.ADD, "objectClass", "pkiUser");
      result = modify(subject, List.of(pkiUser, value));
    }
    accept(result, ResultCode.ATTRIBUTE_OR_VALUE_EXISTS);
  }

  void withdraw(SubjectId subject, byte[] certificate) throws LDAPException {
    var value = new Modification(ModificationType.DELETE, ATTRIBUTE, certificate);
    accept(modify(subject, List.of(value)), ResultCode.NO_SUCH_ATTRIBUTE);
  }

  private static void accept(ResultCode result, ResultCode done) throws LDAPException {
    if (!result.equals(ResultCode.SUCCESS) && !result.equals(done)) {
      throw new LDAPException(result, "the directory took no certificate");
    }
  }

  /** A move between search and change looks like an entry that is gone: so it asks twice. */
  private ResultCode modify(SubjectId subject, List<Modification> changes) throws LDAPException {
    for (int attempt = 0; attempt < 2; attempt++) {
      Optional<String> dn = names.of(subject);
      if (dn.isEmpty()) {
        return ResultCode.SUCCESS;
      }
      try {
        connections.modify(dn.get(), changes);
        return ResultCode.SUCCESS;
      } catch (LDAPException e) {
        if (!e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
          if (!e.getResultCode().isConnectionUsable()) {
            throw e;
          }
          return e.getResultCode();
        }
      }
    }
    throw new LDAPException(ResultCode.NO_SUCH_OBJECT, "the entry is found but not there");
  }
}
