package io.helpdeskexporter.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Certificates and private keys out of PEM text. Keys may be PKCS#8, or as older tools write them:
 * PKCS#1 ("RSA PRIVATE KEY") and SEC1 ("EC PRIVATE KEY").
 */
final class Pem {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----(.*?)-----END \\1-----", Pattern.DOTALL);

  private Pem() {}

  /** All certificates, in the order of the text; blocks of other kinds are passed over. */
  static List<X509Certificate> certificates(String pem) throws GeneralSecurityException {
    List<X509Certificate> certificates = new ArrayList<>();
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    for (Block block : blocks(pem)) {
      if (block.label().equals("CERTIFICATE")) {
        certificates.add(
            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.bytes())));
      }
    }
    if (certificates.isEmpty()) {
      throw new GeneralSecurityException("holds no block BEGIN CERTIFICATE");
    }
    return certificates;
  }

  /**
   * The first private key, which must belong to the certificate.
   *
   * @throws GeneralSecurityException if there is none, it is encrypted, or it belongs to another
   *     certificate
   */
  static PrivateKey privateKey(String pem, X509Certificate certificate)
      throws GeneralSecurityException {
    PublicKey publicKey = certificate.getPublicKey();
    for (Block block : blocks(pem)) {
      switch (block.label()) {
        case "PRIVATE KEY" -> {
          return matching(block.bytes(), certificate);
        }
        case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> {
          return matching(wrapped(block.bytes(), publicKey), certificate);
        }
        case "ENCRYPTED PRIVATE KEY" ->
            throw new GeneralSecurityException(
                "the key is encrypted; store it without a passphrase, readable by this service"
                    + " only");
        default -> {
          // A certificate or curve parameters beside the key.
        }
      }
    }
    throw new GeneralSecurityException("holds no block BEGIN PRIVATE KEY");
  }

  private static PrivateKey matching(byte[] pkcs8, X509Certificate certificate)
      throws GeneralSecurityException {
    PublicKey publicKey = certificate.getPublicKey();
    PrivateKey key;
    try {
      key =
          KeyFactory.getInstance(publicKey.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException e) {
      throw new GeneralSecurityException(
          "is no %s key, which the certificate needs".formatted(publicKey.getAlgorithm()), e);
    }
    if (!belongTogether(key, publicKey)) {
      throw new GeneralSecurityException("is not the key of the certificate");
    }
    return key;
  }

  private static boolean belongTogether(PrivateKey key, PublicKey publicKey)
      throws GeneralSecurityException {
    String algorithm =
        switch (publicKey.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          case "RSASSA-PSS" -> "RSASSA-PSS";
          default -> "EdDSA";
        };
    byte[] message = {1, 2, 3};
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(message);
    byte[] signed = signature.sign();
    signature.initVerify(publicKey);
    signature.update(message);
    return signature.verify(signed);
  }

  /**
   * An older key as PKCS#8: version 0, the algorithm, and the older key as an octet string. The
   * algorithm, for EC with its curve, is what the certificate says; the check afterwards shows
   * whether that was right.
   */
  private static byte[] wrapped(byte[] older, PublicKey publicKey) {
    byte[] version = {2, 1, 0};
    return der(0x30, version, algorithm(publicKey.getEncoded()), der(0x04, older));
  }

  /** The first element of a SubjectPublicKeyInfo, with its own header. */
  private static byte[] algorithm(byte[] publicKeyInfo) {
    int start = contentStart(publicKeyInfo, 0);
    int content = contentStart(publicKeyInfo, start);
    return Arrays.copyOfRange(publicKeyInfo, start, content + contentLength(publicKeyInfo, start));
  }

  private static int contentStart(byte[] der, int at) {
    int length = der[at + 1] & 0xff;
    return at + 2 + (length < 0x80 ? 0 : length & 0x7f);
  }

  private static int contentLength(byte[] der, int at) {
    int length = der[at + 1] & 0xff;
    if (length < 0x80) {
      return length;
    }
    int value = 0;
    for (int i = 0; i < (length & 0x7f); i++) {
      value = (value << 8) | (der[at + 2 + i] & 0xff);
    }
    return value;
  }

  private static byte[] der(int tag, byte[]... contents) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : contents) {
      content.writeBytes(part);
    }
    int length = content.size();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else {
      int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
      out.write(0x80 | bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        out.write(length >>> (8 * i));
      }
    }
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  private static List<Block> blocks(String pem) throws GeneralSecurityException {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(pem);
    while (matcher.find()) {
      // RFC 1421 headers such as "Proc-Type: 4,ENCRYPTED" precede the base64 of an encrypted older
      // key.
      boolean encrypted = matcher.group(2).contains("ENCRYPTED");
      String label = encrypted ? "ENCRYPTED PRIVATE KEY" : matcher.group(1);
      try {
        byte[] bytes = encrypted ? new byte[0] : Base64.getMimeDecoder().decode(matcher.group(2));
        blocks.add(new Block(label, bytes));
      } catch (IllegalArgumentException e) {
        throw new GeneralSecurityException("block " + label + " is not base64", e);
      }
    }
    return blocks;
  }

  private static final class Block {

    private final String label;
    private final byte[] bytes;

    Block(String label, byte[] bytes) {
      this.label = label;
      this.bytes = bytes;
    }

    String label() {
      return label;
    }

    byte[] bytes() {
      return bytes;
    }
  }
}
