package io.helpdeskexporter.exposition;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The bytes of one answer, in pieces that several answers may share, so that serving them copies
 * nothing but what goes to the socket.
 */
public final class Scrape {

  private final Format format;
  private final Encoding encoding;
  private final List<byte[]> parts;

  Scrape(Format format, Encoding encoding, List<byte[]> parts) {
    this.format = format;
    this.encoding = encoding;
    this.parts = List.copyOf(parts);
  }

  /** How the bytes are encoded on the wire. */
  public enum Encoding {
    PLAIN,
    GZIP
  }

  public Format format() {
    return format;
  }

  public Encoding encoding() {
    return encoding;
  }

  /** Bytes on the wire. */
  public long length() {
    return parts.stream().mapToLong(part -> part.length).sum();
  }

  public void writeTo(OutputStream out) throws IOException {
    for (byte[] part : parts) {
      out.write(part);
    }
  }

  public byte[] toBytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(Math.toIntExact(length()));
    try {
      writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return out.toByteArray();
  }

  /** The shared pieces themselves, so that a test can see that two answers hold the same array. */
  List<byte[]> parts() {
    return parts;
  }
}
