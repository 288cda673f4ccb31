package de.kreissiegel.ra.house;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.registration.SubjectKey;
import de.kreissiegel.hsm.approval.OfficerKey;
import de.kreissiegel.hsm.approval.Statement;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.officer.OfficerFile;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The officers' keys: each is named in the ceremony, so that its certificate needs no approval. */
public final class Officers {
  private final Map<String, KeyPair> pairs =
      List.of("officer", "officer-ebern").stream()
          .collect(Collectors.toMap(Function.identity(), _ -> Certificates.newKey()));
  private final Map<String, OfficerKey> certified = new ConcurrentHashMap<>();

  /** SHA-256 of their keys. */
  Set<Bytes> firstKeys() {
    return pairs.values().stream()
        .map(pair -> SubjectKey.hash(Bytes.of(pair.getPublic().getEncoded())))
        .collect(Collectors.toSet());
  }

  /** The officer signs what they would approve. */
  public Bytes sign(RegistrationDesk desk, Actor.Person officer, RequestId request) throws Refused {
    return key(desk, officer).sign(desk.statement(officer, request));
  }

  /** The officer signs a statement. */
  public Bytes sign(RegistrationDesk desk, Actor.Person officer, Statement statement)
      throws Refused {
    return key(desk, officer).sign(statement);
  }

  /** The officer says that a security key is theirs. */
  public Bytes register(RegistrationDesk desk, Actor.Person officer, SoftSecurityKey key)
      throws Refused {
    return key.registration(key(desk, officer));
  }

  /** The officer's certificate. */
  Bytes certificate(RegistrationDesk desk, Actor.Person officer) throws Refused {
    key(desk, officer);
    return desk.officerCertificates(officer).getFirst();
  }

  /** Key and certificate of the officer, as their key file holds them. */
  public OfficerFile file(RegistrationDesk desk, Actor.Person officer) throws Exception {
    return new OfficerFile(
        Optional.ofNullable(pairs.get(officer.login())).orElseThrow().getPrivate(),
        List.of(LogIns.read(certificate(desk, officer))));
  }

  private OfficerKey key(RegistrationDesk desk, Actor.Person officer) throws Refused {
    OfficerKey key = certified.get(officer.login());
    if (key == null) {
      key = certify(desk, officer);
      certified.put(officer.login(), key);
    }
    return key;
  }

  /** The officer signs and says yes. */
  public CertificateRequest approve(RegistrationDesk desk, Actor.Person officer, RequestId request)
      throws Refused {
    return desk.approve(officer, request, Optional.of(sign(desk, officer, request)));
  }

  /** A certificate for somebody's VPN, which they applied for and this officer approved. */
  public CertificateRequest.Issued vpn(
      RegistrationDesk desk, Actor.Person person, Actor.Person officer) throws Refused {
    var application =
        new CertificateApplication(
            person.id(),
            person.tenants().iterator().next(),
            new ProfileName("vpn-client"),
            Certificates.certificationRequest(Certificates.newKey()),
            "");
    return (CertificateRequest.Issued)
        approve(desk, officer, desk.submit(person, application).id());
  }

  private OfficerKey certify(RegistrationDesk desk, Actor.Person officer) throws Refused {
    KeyPair pair = Optional.ofNullable(pairs.get(officer.login())).orElseThrow();
    desk.submit(
        officer,
        new CertificateApplication(
            officer.id(),
            officer.tenants().iterator().next(),
            new ProfileName("registration-officer"),
            Certificates.certificationRequest(pair),
            ""));
    return new OfficerKey(pair.getPrivate(), desk.officerCertificates(officer).getFirst());
  }
}
