package de.kreissiegel.hsm.process;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;

/** Somebody at the socket who writes octets of their own making, without our client. */
final class RawPeer implements AutoCloseable {
  /** The protocol's version, said here once more: who changes it must mean to. */
  static final int VERSION = 3;

  private final SocketChannel channel;
  private final DataInputStream in;
  private final OutputStream out;

  RawPeer(Path socket) throws IOException {
    channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    in = new DataInputStream(Channels.newInputStream(channel));
    out = Channels.newOutputStream(channel);
  }

  /** One that has greeted. */
  static RawPeer greeted(Path socket) throws IOException {
    RawPeer peer = new RawPeer(socket);
    if (!peer.ask(greeting(VERSION)).equals("0 " + VERSION)) {
      throw new IOException("not greeted");
    }
    return peer;
  }

  void send(byte[] octets) throws IOException {
    out.write(octets);
  }

  /**
   * Sends a message in a frame and hears the answer.
   *
   * @return the answer's number, its reason and its words; {@code closed} if there was none
   */
  String ask(byte[] message) throws IOException {
    try {
      send(framed(message));
    } catch (IOException broken) {
      return "closed";
    }
    return hear();
  }

  String hear() throws IOException {
    byte[] answer;
    try {
      answer = new byte[in.readInt()];
      in.readFully(answer);
    } catch (EOFException ended) {
      return "closed";
    } catch (IOException reset) {
      return "closed";
    }
    StringBuilder words = new StringBuilder();
    for (ASN1Encodable part : ASN1Sequence.getInstance(answer)) {
      words.append(words.isEmpty() ? "" : " ");
      switch (part) {
        case ASN1Integer number -> words.append(number.getValue());
        case ASN1UTF8String text -> words.append(text.getString());
        case ASN1OctetString octets -> words.append(octets.getOctets().length).append(" octets");
        default -> words.append(part.getClass().getSimpleName());
      }
    }
    return words.toString();
  }

  static byte[] greeting(int version) throws IOException {
    return message(new ASN1Integer(0), new ASN1Integer(version));
  }

  static byte[] framed(byte[] message) {
    return ByteBuffer.allocate(4 + message.length).putInt(message.length).put(message).array();
  }

  static byte[] message(ASN1Encodable... parts) throws IOException {
    return new DERSequence(parts).getEncoded("DER");
  }

  static DEROctetString id(UUID id) {
    return new DEROctetString(
        ByteBuffer.allocate(16)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array());
  }

  /** A question to sign, without evidence. */
  static byte[] sign(UUID id, KeyId key, int structure, Bytes octets) throws IOException {
    return message(
        new ASN1Integer(2),
        id(id),
        new DERUTF8String(key.value()),
        new ASN1Integer(structure),
        new DEROctetString(octets.toArray()),
        new DERSequence());
  }

  /** A question to sign a list of so many octets, and the octets that follow. */
  static byte[] signList(UUID id, KeyId key, long length, byte[] octets) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(
        framed(
            message(
                new ASN1Integer(4),
                id(id),
                new DERUTF8String(key.value()),
                new ASN1Integer(length))));
    all.write(octets);
    return all.toByteArray();
  }

  /** Says no more, and still listens. */
  void hangUp() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
