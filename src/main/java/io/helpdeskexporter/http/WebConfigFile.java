package io.helpdeskexporter.http;

import static java.util.stream.Collectors.joining;

import io.helpdeskexporter.http.WebConfig.ClientAuthentication;
import io.helpdeskexporter.http.WebConfig.Material;
import io.helpdeskexporter.http.WebConfig.RateLimit;
import io.helpdeskexporter.http.WebConfig.Tls;
import io.helpdeskexporter.http.WebConfig.Users;
import io.helpdeskexporter.http.WebConfig.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLServerSocketFactory;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads the web configuration file, whose format is that of the Prometheus exporter toolkit:
 *
 * <pre>
 *   tls_server_config:
 *     cert_file: server.crt
 *     key_file: server.key
 *   basic_auth_users:
 *     prometheus: $2y$10$...
 * </pre>
 *
 * All problems come at once. Relative paths start at the folder of the file. Differences from the
 * toolkit, each refused with a reason rather than ignored: TLS below 1.2 (this Java has it switched
 * off), bcrypt beyond cost {@value #MAX_COST} (each fresh login would take a CPU for a second or
 * more), verified client certificates without a CA (any certificate of any public CA would pass).
 */
final class WebConfigFile {

  private static final int MIN_COST = 4;

  static final int MAX_COST = 12;

  private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");

  private static final Pattern DURATION_PART =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ns|us|µs|ms|s|m|h)");

  private static final Map<String, ClientAuthentication> CLIENT_AUTHENTICATION =
      ordered(
          Map.entry("NoClientCert", ClientAuthentication.NONE),
          Map.entry("RequestClientCert", ClientAuthentication.REQUESTED),
          Map.entry("RequireAnyClientCert", ClientAuthentication.REQUIRED),
          Map.entry("RequireClientCert", ClientAuthentication.REQUIRED),
          Map.entry("VerifyClientCertIfGiven", ClientAuthentication.VERIFIED_IF_GIVEN),
          Map.entry("RequireAndVerifyClientCert", ClientAuthentication.REQUIRED_AND_VERIFIED));

  private static final Map<String, String> CURVES =
      ordered(
          Map.entry("X25519", "x25519"),
          Map.entry("CurveP256", "secp256r1"),
          Map.entry("CurveP384", "secp384r1"),
          Map.entry("CurveP521", "secp521r1"));

  /** The headers that may be set, and the values that are allowed; no value: any. */
  private static final Map<String, List<String>> HEADERS =
      ordered(
          Map.entry("Content-Security-Policy", List.of()),
          Map.entry("Strict-Transport-Security", List.of()),
          Map.entry("X-Content-Type-Options", List.of("nosniff")),
          Map.entry("X-Frame-Options", List.of("deny", "sameorigin")),
          Map.entry("X-XSS-Protection", List.of()));

  private final Path file;
  private final List<Problem> problems = new ArrayList<>();

  private WebConfigFile(Path file) {
    this.file = file;
  }

  /**
   * @param file whose name goes into the problems and whose folder relative paths start at; it is
   *     not read
   * @param text its content
   */
  static WebConfig parse(Path file, String text) throws WebConfigException {
    WebConfigFile reader = new WebConfigFile(file);
    WebConfig config = reader.read(text);
    if (!reader.problems.isEmpty()) {
      throw new WebConfigException(
          reader.problems.stream()
              .sorted(Comparator.comparingInt(Problem::line))
              .map(problem -> "%s:%d: %s".formatted(file, problem.line(), problem.text()))
              .toList());
    }
    return config;
  }

  private WebConfig read(String text) {
    Optional<Node> root;
    try {
      LoadSettings settings = LoadSettings.builder().setUseMarks(true).build();
      root = new Compose(settings).composeString(text);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      problems.add(new Problem(line, "not YAML: " + e.getProblem()));
      return WebConfig.NONE;
    } catch (YamlEngineException e) {
      problems.add(new Problem(1, "not YAML: " + e.getMessage()));
      return WebConfig.NONE;
    }
    if (root.isEmpty() || isNull(root.get())) {
      return WebConfig.NONE;
    }
    Section top =
        section(
            "",
            root.get(),
            Set.of("tls_server_config", "http_server_config", "basic_auth_users", "rate_limit"));
    Optional<Tls> tls = top.node("tls_server_config").flatMap(this::tls);
    Http http = top.node("http_server_config").map(this::http).orElse(Http.DEFAULT);
    Users users = new Users(top.node("basic_auth_users").map(this::users).orElse(Map.of()));
    Optional<RateLimit> limit = top.node("rate_limit").flatMap(this::rateLimit);
    return new WebConfig(tls, http.http2(), http.headers(), users, limit);
  }

  private Optional<Tls> tls(Node node) {
    Section tls =
        section(
            "tls_server_config",
            node,
            Set.of(
                "cert",
                "cert_file",
                "key",
                "key_file",
                "client_ca",
                "client_ca_file",
                "client_auth_type",
                "client_allowed_sans",
                "min_version",
                "max_version",
                "cipher_suites",
                "prefer_server_cipher_suites",
                "curve_preferences"));
    Optional<Material> certificate = material(tls, "cert");
    Optional<Material> key = material(tls, "key");
    Optional<Material> authorities = material(tls, "client_ca");
    ClientAuthentication client =
        tls.choice("client_auth_type", CLIENT_AUTHENTICATION).orElse(ClientAuthentication.NONE);
    List<String> names = tls.list("client_allowed_sans");
    Map<String, Version> versions =
        ordered(Map.entry("TLS12", Version.TLS12), Map.entry("TLS13", Version.TLS13));
    Version min = tls.choice("min_version", versions).orElse(Version.TLS12);
    Version max = tls.choice("max_version", versions).orElse(Version.TLS13);
    List<String> suites = tls.list("cipher_suites");
    boolean order = tls.bool("prefer_server_cipher_suites", true);
    List<String> curves = new ArrayList<>();
    for (String curve : tls.list("curve_preferences")) {
      tls.oneOf("curve_preferences", curve, CURVES).ifPresent(curves::add);
    }
    Set<String> known = supportedSuites();
    for (String suite : suites) {
      if (!known.contains(suite)) {
        tls.problem(
            "cipher_suites",
            "found \"%s\", which this Java does not have%s"
                .formatted(suite, nearest(suite, known)));
      }
    }
    if (min.compareTo(max) > 0) {
      tls.problem("min_version", "found %s, above max_version %s".formatted(min, max));
    }
    if (client.verifies() && authorities.isEmpty()) {
      tls.problem("client_auth_type", "verifies certificates, which needs client_ca_file");
    }
    if (authorities.isPresent() && client == ClientAuthentication.NONE) {
      tls.problem(
          "client_ca" + (tls.has("client_ca_file") ? "_file" : ""),
          "has no effect without client_auth_type; set RequireAndVerifyClientCert");
    }
    if (tls.has("client_allowed_sans") && !client.requires()) {
      tls.problem(
          "client_allowed_sans",
          "needs client_auth_type RequireAndVerifyClientCert: a client may come without a"
              + " certificate otherwise");
    }
    if (certificate.isEmpty()) {
      tls.problem("cert_file", "missing; TLS needs cert_file and key_file");
    }
    if (key.isEmpty()) {
      tls.problem("key_file", "missing; TLS needs cert_file and key_file");
    }
    if (certificate.isEmpty() || key.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Tls(
            certificate.get(),
            key.get(),
            client,
            authorities,
            names,
            min,
            max,
            suites,
            order,
            curves));
  }

  private Optional<Material> material(Section tls, String key) {
    Optional<String> inline = tls.text(key).filter(text -> !text.isBlank());
    Optional<String> path = tls.text(key + "_file").filter(text -> !text.isBlank());
    if (inline.isPresent() && path.isPresent()) {
      tls.problem(key, "stands beside %s_file; only one of them is allowed".formatted(key));
    }
    return path.<Material>map(p -> new Material.InFile(file.resolveSibling(p)))
        .or(() -> inline.map(pem -> new Material.Inline(tls.path(key), pem)));
  }

  private Http http(Node node) {
    Section http = section("http_server_config", node, Set.of("http2", "headers"));
    Map<String, String> headers = new LinkedHashMap<>();
    http.node("headers")
        .map(n -> section(http.path("headers"), n, HEADERS.keySet()))
        .ifPresent(
            section ->
                HEADERS.forEach(
                    (name, allowed) ->
                        section
                            .text(name)
                            .filter(value -> !value.isBlank())
                            .ifPresent(
                                value -> {
                                  if (!allowed.isEmpty() && !allowed.contains(value)) {
                                    section.problem(
                                        name,
                                        "found \"%s\"; allowed: %s"
                                            .formatted(value, String.join(", ", allowed)));
                                  } else if (value.chars().anyMatch(Character::isISOControl)) {
                                    section.problem(name, "a header is one line of plain text");
                                  }
                                  headers.put(name, value);
                                })));
    return new Http(http.bool("http2", true), headers);
  }

  private Map<String, String> users(Node node) {
    Section users = section("basic_auth_users", node, Set.of());
    Map<String, String> hashes = new LinkedHashMap<>();
    for (String name : users.keys()) {
      if (name.isEmpty() || name.indexOf(':') >= 0) {
        users.problem(name, "a user name is not empty and has no colon");
      }
      users
          .text(name)
          .ifPresent(
              hash -> {
                Matcher matcher = BCRYPT.matcher(hash);
                if (!matcher.matches()) {
                  users.problem(
                      name,
                      "not a bcrypt hash ($2y$10$... with 60 characters); htpasswd -nBC 10 \"\""
                          + " makes one");
                  return;
                }
                int cost = Integer.parseInt(matcher.group(1));
                if (cost < MIN_COST || cost > MAX_COST) {
                  users.problem(
                      name,
                      "found bcrypt cost %d; allowed: %d to %d"
                          .formatted(cost, MIN_COST, MAX_COST));
                }
                hashes.put(name, hash);
              });
    }
    return hashes;
  }

  private Optional<RateLimit> rateLimit(Node node) {
    Section limit = section("rate_limit", node, Set.of("interval", "burst"));
    Duration interval = limit.text("interval").map(t -> duration(limit, t)).orElse(Duration.ZERO);
    if (!interval.isPositive()) {
      return Optional.empty();
    }
    String burst = limit.text("burst").orElse("0");
    if (!burst.matches("[1-9]\\d{0,8}")) {
      limit.problem(
          "burst",
          "found \"%s\"; allowed: a whole number from 1, or no request would ever be granted"
              .formatted(burst));
      return Optional.empty();
    }
    return Optional.of(new RateLimit(interval, Integer.parseInt(burst)));
  }

  private static Duration duration(Section section, String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    Matcher part = DURATION_PART.matcher(text);
    double nanos = 0;
    int end = 0;
    while (part.find() && part.start() == end) {
      nanos += Double.parseDouble(part.group(1)) * nanosPer(part.group(2));
      end = part.end();
    }
    if (text.isEmpty() || end != text.length() || nanos > 1e18) {
      section.problem(
          "interval",
          "found \"%s\"; allowed: a duration such as 250ms, 1s, 1m30s, or 0".formatted(text));
      return Duration.ZERO;
    }
    return Duration.ofNanos(Math.round(nanos));
  }

  private static double nanosPer(String unit) {
    return switch (unit) {
      case "ns" -> 1;
      case "ms" -> 1e6;
      case "s" -> 1e9;
      case "m" -> 60e9;
      case "h" -> 3600e9;
      default -> 1e3;
    };
  }

  private static Set<String> supportedSuites() {
    return Set.copyOf(
        Arrays.asList(
            ((SSLServerSocketFactory) SSLServerSocketFactory.getDefault())
                .getSupportedCipherSuites()));
  }

  private static boolean isNull(Node node) {
    return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  /**
   * " (did you mean X?)" for the known word that is a third of its letters away at most, or else
   * one that holds the whole word; empty where there is neither.
   */
  private static String nearest(String word, Set<String> known) {
    List<String> sorted = known.stream().sorted().toList();
    return sorted.stream()
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
        .filter(candidate -> distance(word, candidate) <= Math.max(2, candidate.length() / 3))
        .or(
            () ->
                sorted.stream()
                    .filter(candidate -> word.length() > 2 && candidate.contains(word))
                    .findFirst())
        .map(candidate -> " (did you mean %s?)".formatted(candidate))
        .orElse("");
  }

  /** Letters to insert, remove or replace, whatever their case. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        char x = Character.toLowerCase(a.charAt(i - 1));
        char y = Character.toLowerCase(b.charAt(j - 1));
        int replaced = diagonal + (x == y ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  @SafeVarargs
  private static <V> Map<String, V> ordered(Map.Entry<String, V>... entries) {
    Map<String, V> map = new LinkedHashMap<>();
    for (Map.Entry<String, V> entry : entries) {
      map.put(entry.getKey(), entry.getValue());
    }
    return map;
  }

  /** An empty set of known keys leaves the keys to the caller. */
  private Section section(String path, Node node, Set<String> known) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    if (isNull(node)) {
      return new Section(path, line(node), entries);
    }
    if (!(node instanceof MappingNode mapping)) {
      problems.add(
          new Problem(
              line(node),
              (path.isEmpty() ? "the file" : path) + ": found no mapping of keys to values"));
      return new Section(path, line(node), entries);
    }
    for (NodeTuple tuple : mapping.getValue()) {
      Node keyNode = tuple.getKeyNode();
      String key = keyNode instanceof ScalarNode scalar ? scalar.getValue() : keyNode.toString();
      String full = path.isEmpty() ? key : path + "." + key;
      if (!known.isEmpty() && !known.contains(key)) {
        problems.add(
            new Problem(
                line(keyNode),
                "%s: unknown key%s; allowed: %s"
                    .formatted(
                        full,
                        nearest(key, known),
                        known.stream().sorted().collect(joining(", ")))));
      } else if (entries.putIfAbsent(key, new Entry(line(keyNode), tuple.getValueNode())) != null) {
        problems.add(new Problem(line(keyNode), full + ": stands here a second time"));
      }
    }
    return new Section(path, line(node), entries);
  }

  private record Problem(int line, String text) {}

  private record Entry(int line, Node value) {}

  private record Http(boolean http2, Map<String, String> headers) {
    static final Http DEFAULT = new Http(true, Map.of());
  }

  /**
   * One mapping of the file; a problem is put at its key, or at the section where the key is
   * missing.
   */
  private final class Section {

    private final String path;
    private final int line;
    private final Map<String, Entry> entries;

    Section(String path, int line, Map<String, Entry> entries) {
      this.path = path;
      this.line = line;
      this.entries = entries;
    }

    Set<String> keys() {
      return entries.keySet();
    }

    boolean has(String key) {
      return entries.containsKey(key);
    }

    String path(String key) {
      return path.isEmpty() ? key : path + "." + key;
    }

    void problem(String key, String text) {
      Entry entry = entries.get(key);
      problems.add(new Problem(entry == null ? line : entry.line(), path(key) + ": " + text));
    }

    /** Empty where the key is missing or has no value. */
    Optional<Node> node(String key) {
      return Optional.ofNullable(entries.get(key)).map(Entry::value).filter(node -> !isNull(node));
    }

    Optional<String> text(String key) {
      Optional<Node> node = node(key);
      if (node.isPresent() && !(node.get() instanceof ScalarNode)) {
        problem(key, "found no single value");
        return Optional.empty();
      }
      return node.map(n -> ((ScalarNode) n).getValue());
    }

    boolean bool(String key, boolean absent) {
      return text(key)
          .map(
              value -> {
                if (!value.equals("true") && !value.equals("false")) {
                  problem(key, "found \"%s\"; allowed: true, false".formatted(value));
                }
                return value.equals("true");
              })
          .orElse(absent);
    }

    List<String> list(String key) {
      List<String> values = new ArrayList<>();
      node(key)
          .ifPresent(
              node -> {
                if (!(node instanceof SequenceNode sequence)) {
                  problem(key, "found no list");
                  return;
                }
                for (Node element : sequence.getValue()) {
                  if (element instanceof ScalarNode scalar && !isNull(element)) {
                    values.add(scalar.getValue());
                  } else {
                    problem(key, "found an element that is no single value");
                  }
                }
              });
      return values;
    }

    <V> Optional<V> choice(String key, Map<String, V> allowed) {
      return text(key).filter(value -> !value.isEmpty()).flatMap(v -> oneOf(key, v, allowed));
    }

    <V> Optional<V> oneOf(String key, String value, Map<String, V> allowed) {
      V chosen = allowed.get(value);
      if (chosen == null) {
        problem(
            key,
            "found \"%s\"%s; allowed: %s"
                .formatted(
                    value, nearest(value, allowed.keySet()), String.join(", ", allowed.keySet())));
      }
      return Optional.ofNullable(chosen);
    }
  }
}
