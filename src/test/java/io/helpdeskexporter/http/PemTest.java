package io.helpdeskexporter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.interfaces.ECPrivateKey;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {

  @TempDir private Path folder;
  private Certificates certificates;

  @BeforeEach
  void certificates() {
    certificates = new Certificates(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rsa:2048",
        "ec -pkeyopt ec_paramgen_curve:P-256",
        "ec -pkeyopt ec_paramgen_curve:P-384",
        "ed25519"
      })
  void keysAsOpensslWritesThemAreRead(String kind) throws Exception {
    certificates.selfSigned("server", kind.split(" "));
    assertThat(certificates.text("server.key")).contains("BEGIN PRIVATE KEY");
    assertThat(certificates.key("server").getAlgorithm())
        .isEqualTo(certificates.certificate("server").getPublicKey().getAlgorithm());
  }

  @Test
  void anRsaKeyInTheOlderFormIsTheSameKey() throws Exception {
    certificates.selfSigned("server", "rsa:2048");
    certificates.openssl(List.of("rsa", "-in", "server.key", "-traditional", "-out", "older.key"));
    String older = certificates.text("older.key");
    assertThat(older).contains("BEGIN RSA PRIVATE KEY");
    assertThat(Pem.privateKey(older, certificates.certificate("server")))
        .isEqualTo(certificates.key("server"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"P-256", "P-521"})
  void anEcKeyInTheOlderFormIsTheSameKey(String curve) throws Exception {
    certificates.selfSigned("server", "ec", "-pkeyopt", "ec_paramgen_curve:" + curve);
    certificates.openssl(List.of("ec", "-in", "server.key", "-out", "older.key"));
    String older = certificates.text("older.key");
    assertThat(older).contains("BEGIN EC PRIVATE KEY");
    String withParameters =
        "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n" + older;
    // Compared by number: the JDK's equals also looks at the optional public key inside the
    // encoding.
    assertThat(
            ((ECPrivateKey) Pem.privateKey(withParameters, certificates.certificate("server")))
                .getS())
        .isEqualTo(((ECPrivateKey) certificates.key("server")).getS());
  }

  @Test
  void aChainKeepsItsOrder() throws Exception {
    certificates.selfSigned("ca");
    certificates.signedBy("ca", "server", "localhost");
    assertThat(Pem.certificates(certificates.text("server.crt") + certificates.text("ca.crt")))
        .containsExactly(certificates.certificate("server"), certificates.certificate("ca"));
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws Exception {
    certificates.selfSigned("a");
    certificates.selfSigned("b");
    assertThatThrownBy(
            () -> Pem.privateKey(certificates.text("a.key"), certificates.certificate("b")))
        .hasMessage("is not the key of the certificate");
  }

  @Test
  void aKeyOfAnotherKindIsRefused() throws Exception {
    certificates.selfSigned("a");
    certificates.selfSigned("b", "rsa:2048");
    assertThatThrownBy(
            () -> Pem.privateKey(certificates.text("a.key"), certificates.certificate("b")))
        .hasMessage("is no RSA key, which the certificate needs");
  }

  @Test
  void anEncryptedKeyIsRefusedWithAdvice() throws Exception {
    certificates.selfSigned("server", "rsa:2048");
    certificates.openssl(
        List.of("rsa", "-in", "server.key", "-aes128", "-passout", "pass:x", "-out", "new.key"));
    certificates.openssl(
        List.of(
            "rsa",
            "-in",
            "server.key",
            "-aes128",
            "-passout",
            "pass:x",
            "-traditional",
            "-out",
            "old.key"));
    for (String file : List.of("new.key", "old.key")) {
      assertThatThrownBy(
              () -> Pem.privateKey(certificates.text(file), certificates.certificate("server")))
          .as(file)
          .hasMessageContaining("without a passphrase");
    }
  }

  @Test
  void textWithoutTheRightBlockIsRefused() throws Exception {
    certificates.selfSigned("server");
    assertThatThrownBy(() -> Pem.certificates(certificates.text("server.key")))
        .hasMessage("holds no block BEGIN CERTIFICATE");
    assertThatThrownBy(
            () ->
                Pem.privateKey(certificates.text("server.crt"), certificates.certificate("server")))
        .hasMessage("holds no block BEGIN PRIVATE KEY");
  }
}
