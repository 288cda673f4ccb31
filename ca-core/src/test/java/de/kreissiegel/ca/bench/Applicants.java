package de.kreissiegel.ca.bench;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import de.kreissiegel.ca.issuance.House;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * Machines in the directory, and their applications, made beforehand: each with a key of its own.
 */
final class Applicants {
  private static final Provider FAST = AmazonCorrettoCryptoProvider.INSTANCE;
  private static final int MACHINES = 2000;

  private final List<Subject> machines = new ArrayList<>();
  private int next;

  Applicants(House house) {
    for (int number = 0; number < MACHINES; number++) {
      Subject machine = House.machine("device" + number + "." + House.TOWN, House.TOWN);
      house.directory.put(machine);
      machines.add(machine);
    }
  }

  /** The next applications, machine after machine. */
  Queue<CertificateApplication> applications(int count) throws Exception {
    var pairs = KeyPairGenerator.getInstance("EC", FAST);
    pairs.initialize(new ECGenParameterSpec("secp256r1"));
    Queue<CertificateApplication> made = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < count; i++) {
      Subject machine = machines.get(next++ % MACHINES);
      made.add(
          new CertificateApplication(
              machine.id(),
              machine.home(),
              House.MACHINE,
              request(pairs.generateKeyPair(), machine.dnsName().orElseThrow()),
              ""));
    }
    return made;
  }

  private static Bytes request(KeyPair pair, String host) throws Exception {
    var extensions = new ExtensionsGenerator();
    extensions.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
    return Bytes.of(
        new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=" + host), pair.getPublic())
            .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate())
            .build(
                new JcaContentSignerBuilder("SHA256withECDSA")
                    .setProvider(FAST)
                    .build(pair.getPrivate()))
            .getEncoded());
  }
}
