/**
 * The vault. A small vocabulary ({@code signing}) and a client that others may see; the ceremony
 * and the journal's verifier for the launcher; the rest, where keys are, is nobody's business.
 */
@org.jspecify.annotations.NullMarked
module de.kreissiegel.hsm {
  requires transitive org.jspecify;
  requires com.amazon.corretto.crypto.provider;
  requires org.bouncycastle.provider;
  requires org.bouncycastle.pkix;
  requires org.bouncycastle.util;
  requires org.snakeyaml.engine;
  requires jdk.net;

  exports de.kreissiegel.hsm.approval;
  exports de.kreissiegel.hsm.vault;
  exports de.kreissiegel.hsm.ceremony;
  exports de.kreissiegel.hsm.client;
  exports de.kreissiegel.hsm.doctor;
  exports de.kreissiegel.hsm.journal;
  exports de.kreissiegel.hsm.policy;
  exports de.kreissiegel.hsm.process;
  exports de.kreissiegel.hsm.signing;
  exports de.kreissiegel.hsm.tree;
}
