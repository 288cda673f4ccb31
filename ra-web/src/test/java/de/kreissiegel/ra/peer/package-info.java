/**
 * Tests in which programs of others judge what we do. They run with {@code mvn verify -Ppeers} and
 * never else; {@code .ci/install-peers} installs the programs.
 *
 * <p>To add one: a class named {@code …PeerTest}, anywhere in this module's tests, with {@link
 * de.kreissiegel.ra.peer.AgainstPeer} naming its program. Each test method takes a {@link
 * de.kreissiegel.ra.peer.PeerSession}, runs the program by {@code run(…)} (or drives it by other
 * means) and states what it saw by {@code sees(…)}, which counts. A program that we don't know yet
 * becomes a constant of {@link de.kreissiegel.ra.peer.Peer}, and its Debian package a word in
 * {@code .ci/install-peers}.
 *
 * <pre>{@code
 * @AgainstPeer(Peer.OPENSSL)
 * class OpensslOcspPeerTest {
 *   @Test
 *   void opensslFindsTheCertificateGood(PeerSession openssl) throws Exception {
 *     Output output = openssl.run("ocsp", "-url", url, …);
 *     openssl.sees("status good", () -> assertThat(output.text()).contains("leaf.pem: good"));
 *   }
 * }
 * }</pre>
 *
 * <p>A class may speak with several: {@code @AgainstPeer({Peer.CHROMIUM, Peer.OPENSSL})} on the
 * class, and {@code @AgainstPeer(Peer.OPENSSL)} on the parameter says whose session it is.
 *
 * <p>A missing program fails the test when the environment says {@code CI=true}; elsewhere the test
 * is reported as skipped, with the program's name. A test that saw nothing fails. At the end {@code
 * target/peers/report.txt} lists each peer with its version and the number of assertions.
 */
@NullMarked
package de.kreissiegel.ra.peer;

import org.jspecify.annotations.NullMarked;
