package io.hsmrest.provider.cli;

import io.hsmrest.client.ApproverClient;
import io.hsmrest.client.HsmClientConfig;
import io.hsmrest.client.RequestClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Provider;
import java.security.cert.Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The command line without a process: what is typed, what is shown, how it ends. */
final class Cli {
  static final Instant NOW = Instant.parse("2023-11-14T22:15:20Z");
  static final String PASSWORD = "not-a-secret";

  final Approving approving = new Approving();
  final OpenRequests requests = new OpenRequests();
  final List<Duration> sleeps = new ArrayList<>();
  private final Path folder;
  private @Nullable HsmClientConfig configured;
  private final Deque<String> typed = new ArrayDeque<>();
  private boolean terminal;
  private Runnable onPause = () -> {};
  private int pausesBeforeAnswer;
  private int looks = Integer.MAX_VALUE;
  private int columns = Integer.MAX_VALUE;

  Cli(Path folder) {
    this.folder = folder;
    approving.onAnswer(() -> pausesBeforeAnswer = sleeps.size());
  }

  /** How a command ended. */
  record Result(int exitCode, String out, String err) {}

  /** Somebody sits there and types this, line after line, then ends the input. */
  Cli typing(String... lines) {
    terminal = true;
    typed.addAll(Arrays.asList(lines));
    return this;
  }

  /** A terminal of that width. */
  Cli columns(int width) {
    columns = width;
    return this;
  }

  /** What happens at the service in each pause. */
  Cli onPause(Runnable action) {
    onPause = action;
    return this;
  }

  /** How many pauses there were before an approval, -1 without one. */
  int pausesBefore(String answer) {
    return approving.answers.contains(answer) ? pausesBeforeAnswer : -1;
  }

  /** What the last client of those who ask was made with. */
  HsmClientConfig configured() {
    return Objects.requireNonNull(configured);
  }

  /** What was not read of what is typed. */
  List<String> left() {
    return List.copyOf(typed);
  }

  /** Ctrl-C after so many pauses. */
  Cli interruptedAfter(int pauses) {
    looks = pauses;
    return this;
  }

  /** An approver's key of that type, in a file of its own. */
  Path key(String name, String type) throws Exception {
    Path file = folder.resolve(name + ".p12");
    keyInto(file, name, type);
    return file;
  }

  /**
   * One more in the same file.
   *
   * @param type a key's algorithm, for EC with the curve behind a slash
   */
  void keyInto(Path file, String name, String type) throws Exception {
    String[] parts = type.split("/");
    KeyPairGenerator generator = KeyPairGenerator.getInstance(parts[0]);
    if (parts.length > 1) {
      generator.initialize(new ECGenParameterSpec(parts[1]));
    }
    keyInto(file, name, generator.generateKeyPair(), null);
  }

  /** A key pair from elsewhere, in a file of its own. */
  Path keyInto(String name, KeyPair pair, @Nullable Provider provider) throws Exception {
    Path file = folder.resolve(name + ".p12");
    keyInto(file, name, pair, provider);
    return file;
  }

  private static void keyInto(Path file, String name, KeyPair pair, @Nullable Provider provider)
      throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.exists(file) ? Files.newInputStream(file) : null) {
      store.load(in, PASSWORD.toCharArray());
    }
    store.setKeyEntry(
        name,
        pair.getPrivate(),
        PASSWORD.toCharArray(),
        new Certificate[] {Certificates.selfSigned(name, pair, provider)});
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
  }

  Path password() throws IOException {
    return Files.writeString(folder.resolve("password"), PASSWORD + "\n");
  }

  Path configuration() throws IOException {
    return Files.writeString(
        folder.resolve("hsmrest.properties"), "endpoint = http://127.0.0.1:1\n");
  }

  Result approve(Path key, String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of("approve", "--key", key.toString()));
    words.addAll(List.of("--password", "file:" + password()));
    words.addAll(List.of(options));
    return run(words.toArray(String[]::new));
  }

  /** With a configuration unless there is one among the words. */
  Result run(String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of(words));
    if (!all.contains("--config") && all.size() > 1) {
      all.addAll(List.of("--config", configuration().toString()));
    }
    return runAsIs(all.toArray(String[]::new));
  }

  Result runAsIs(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Surroundings surroundings =
        new Surroundings(
            new Screen(new PrintWriter(out), new PrintWriter(err), columns),
            new Typing(out),
            new Time(),
            this::sleep,
            new Connections() {
              @Override
              public RequestClient client(HsmClientConfig config) {
                configured = config;
                return requests;
              }

              @Override
              public ApproverClient approver(HsmClientConfig config) {
                return approving;
              }
            });
    int exitCode = Main.commandLine(surroundings).execute(words);
    boolean unused = Thread.interrupted();
    return new Result(exitCode, out.toString(), err.toString());
  }

  private void sleep(Duration duration) throws InterruptedException {
    if (sleeps.size() == looks) {
      throw new InterruptedException("Ctrl-C");
    }
    sleeps.add(duration);
    onPause.run();
  }

  /** Passes when somebody sleeps. */
  private final class Time extends Clock {
    @Override
    public Instant instant() {
      return sleeps.stream().reduce(NOW, Instant::plus, (a, b) -> b);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** What is typed. */
  private final class Typing implements Dialogue {
    private final StringWriter shown;

    Typing(StringWriter shown) {
      this.shown = shown;
    }

    @Override
    public boolean isInteractive() {
      return terminal;
    }

    @Override
    public @Nullable String ask(String prompt) {
      shown.write(prompt);
      String answer = typed.poll();
      shown.write(answer + System.lineSeparator());
      return answer;
    }

    @Override
    public char @Nullable [] askPassword(String prompt) {
      String password = typed.poll();
      return password == null ? null : password.toCharArray();
    }
  }
}
