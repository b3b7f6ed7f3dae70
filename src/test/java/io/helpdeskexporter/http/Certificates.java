package io.helpdeskexporter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Makes certificates with the openssl program, as an operator would. */
final class Certificates {

  private final Path folder;

  Certificates(Path folder) {
    this.folder = folder;
  }

  /** {@code NAME.crt} and {@code NAME.key}, signed by itself, for 127.0.0.1 and localhost. */
  void selfSigned(String name, String... keyOptions) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("req", "-x509", "-nodes", "-days", "2", "-subj", "/CN=" + name, "-newkey"));
    command.addAll(keyOptions.length == 0 ? EC : List.of(keyOptions));
    command.addAll(
        List.of(
            "-addext",
            "subjectAltName=IP:127.0.0.1,DNS:localhost",
            "-keyout",
            name + ".key",
            "-out",
            name + ".crt"));
    openssl(command);
  }

  /**
   * {@code NAME.crt} and {@code NAME.key} with one DNS name, signed by a certificate made before.
   */
  void signedBy(String authority, String name, String dnsName) throws Exception {
    List<String> request =
        new ArrayList<>(List.of("req", "-nodes", "-subj", "/CN=" + name, "-newkey"));
    request.addAll(EC);
    request.addAll(List.of("-keyout", name + ".key", "-out", name + ".csr"));
    openssl(request);
    Files.writeString(folder.resolve(name + ".ext"), "subjectAltName=DNS:" + dnsName + "\n");
    openssl(
        List.of(
            "x509",
            "-req",
            "-in",
            name + ".csr",
            "-days",
            "2",
            "-CA",
            authority + ".crt",
            "-CAkey",
            authority + ".key",
            "-CAcreateserial",
            "-extfile",
            name + ".ext",
            "-out",
            name + ".crt"));
  }

  void openssl(List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as("%s%n%s", command, output).isZero();
  }

  X509Certificate certificate(String name) throws IOException, GeneralSecurityException {
    return Pem.certificates(text(name + ".crt")).getFirst();
  }

  PrivateKey key(String name) throws IOException, GeneralSecurityException {
    return Pem.privateKey(text(name + ".key"), certificate(name));
  }

  String text(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  /** What a client needs that trusts one certificate and shows none. */
  SSLContext trusting(String server) throws Exception {
    return context(server, null);
  }

  /** What a client needs that trusts one certificate and shows another. */
  SSLContext trusting(String server, String client) throws Exception {
    KeyStore store = emptyStore();
    store.setKeyEntry("client", key(client), PASSWORD, new X509Certificate[] {certificate(client)});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    return context(server, keys);
  }

  private SSLContext context(String server, @Nullable KeyManagerFactory keys) throws Exception {
    KeyStore store = emptyStore();
    store.setCertificateEntry("server", certificate(server));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys == null ? null : keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore emptyStore() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static final char[] PASSWORD = "-".toCharArray();

  private static final List<String> EC = List.of("ec", "-pkeyopt", "ec_paramgen_curve:P-256");
}
