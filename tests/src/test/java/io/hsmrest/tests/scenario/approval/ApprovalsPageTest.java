package io.hsmrest.tests.scenario.approval;

import static io.hsmrest.tests.scenario.approval.GatedHsm.failure;
import static io.hsmrest.tests.scenario.approval.GatedHsm.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.hsmrest.client.approval.ApprovalException;
import io.hsmrest.client.approval.ApprovalRejectedException;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.tests.documents.Checkout;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** docs/approvals.md says what the code does. */
@Tag("scenario")
class ApprovalsPageTest {
  private static final String PAGE = Checkout.text("docs/approvals.md");
  private static final Pattern BLOCK =
      Pattern.compile("<!-- tested (\\S+) -->\n```\\w+\n(.*?)\n```", Pattern.DOTALL);

  private final GatedHsm gated = new GatedHsm();

  @BeforeEach
  void makeKey() {
    gated.create("payments-ca", gated.policies().use(2, "alice", "bob", "carol"));
  }

  @AfterEach
  void end() {
    gated.close();
  }

  private static String block(String name) {
    return BLOCK
        .matcher(PAGE)
        .results()
        .filter(block -> block.group(1).equals(name))
        .map(block -> block.group(2))
        .findFirst()
        .orElseThrow();
  }

  /** Without what is another in each run: ids and times. */
  private static String anyRun(String line) {
    return line.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID")
        .replaceAll("[0-9a-f]{8}\\.\\.\\.", "ID...")
        .replaceAll("\\d+:\\d\\d left", "TIME left")
        .replaceAll("after \\d+ (s|min)", "after TIME");
  }

  @Test
  void theWaitThatItShowsIsOne() throws Exception {
    Future<byte[]> signing = gated.signing("payments-ca");
    String request = gated.awaitAnnounced();
    gated.simulator().approve(request, "alice");
    gated.log().awaitLine("1 of 2 approvals");
    gated.simulator().approve(request, "carol");
    assertThat(gated.isGood(result(signing), "payments-ca")).isTrue();
    gated.log().awaitLine("EXECUTED");

    assertThat(gated.log().lines().stream().map(ApprovalsPageTest::anyRun))
        .isEqualTo(block("wait").lines().map(ApprovalsPageTest::anyRun).toList());
  }

  @Test
  void theRejectionThatItShowsIsOne() throws Exception {
    Future<byte[]> signing = gated.signing("payments-ca");
    String request = gated.awaitAnnounced();
    gated.simulator().reject(request, "bob");
    gated.simulator().reject(request, "alice");

    assertThat(failure(signing).getCause())
        .isInstanceOf(ApprovalRejectedException.class)
        .satisfies(e -> assertThat(anyRun(e.getMessage())).isEqualTo(anyRun(block("rejection"))));
  }

  @Test
  void itsSnippetTellsTheEndsApart() throws Exception {
    String source =
        Checkout.text(
            "tests/src/test/java/io/hsmrest/tests/scenario/approval/ApprovalsPageTest.java");
    assertThat(source.replaceAll("(?m)^  ", "")).contains(block("ends"));

    KeyStore keyStore = gated.keyStore("approval.timeout = 60s");
    Future<String> rejected = gated.running(() -> outcome(signatureOf(keyStore)));
    String request = gated.awaitAnnounced();
    gated.simulator().reject(request, "alice");
    gated.simulator().reject(request, "bob");
    assertThat(result(rejected)).isEqualTo("rejected: " + request);

    Future<String> expired = gated.running(() -> outcome(signatureOf(keyStore)));
    String next = gated.awaitAnnounced();
    gated.simulator().expire(next);
    assertThat(result(expired)).startsWith("not approved, request " + next);

    Future<String> signed = gated.running(() -> outcome(signatureOf(keyStore)));
    String last = gated.awaitAnnounced();
    gated.simulator().approve(last, "alice");
    gated.simulator().approve(last, "bob");
    assertThat(result(signed)).startsWith("signed: 7");
  }

  private static Signature signatureOf(KeyStore keyStore) throws Exception {
    Signature signature = Signature.getInstance("SHA256withECDSA", keyStore.getProvider());
    signature.initSign((PrivateKey) keyStore.getKey("payments-ca", null));
    return signature;
  }

  String outcome(Signature signature) {
    try {
      return "signed: " + signature.sign().length + " bytes";
    } catch (SignatureException e) {
      if (e.getCause() instanceof ApprovalRejectedException rejected) {
        return "rejected: " + rejected.requestId();
      }
      if (e.getCause() instanceof ApprovalException ended) {
        return "not approved, " + ended.getMessage();
      }
      return "no matter of approval: " + e.getMessage();
    }
  }

  @Test
  void itsTableNamesEveryBadEndAndNoOther() {
    String table = section("## How it may end", "Beside these:");
    assertThat(firstCells(table))
        .containsExactlyInAnyOrderElementsOf(
            new ClassFileImporter()
                .importPackages("io.hsmrest.client").stream()
                    .filter(type -> type.isAssignableTo(ApprovalException.class))
                    .map(JavaClass::getSimpleName)
                    .filter(name -> !name.equals("ApprovalException"))
                    .toList());
  }

  @Test
  void itsTableNamesEveryState() {
    assertThat(firstCells(section("## What each state means", "Services run")))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(RequestState.values()).map(RequestState::name).toList());
  }

  /** The sample names every setting there is; another test sees to that. */
  @Test
  void itsTableHasEverySettingOfApprovalsWithItsDefault() {
    Map<String, String> sample = new TreeMap<>();
    Pattern.compile("(?m)^#((?:approval|requestSigner)\\.[\\w.<>]+) = (.*)$")
        .matcher(Checkout.text("conf/hsmrest-all-options.properties"))
        .results()
        .forEach(line -> sample.put(line.group(1), line.group(2)));
    Map<String, String> page = new TreeMap<>();
    section("## Settings", "Any of them")
        .lines()
        .filter(line -> line.startsWith("| `"))
        .forEach(line -> quoted(cell(line, 1)).forEach(name -> page.put(name, cell(line, 2))));

    assertThat(page.keySet()).isEqualTo(sample.keySet());
    page.forEach(
        (name, byDefault) -> {
          if (!byDefault.isEmpty()) {
            assertThat(byDefault).as(name).isEqualTo("`" + sample.get(name) + "`");
          }
        });
  }

  private static String section(String from, String to) {
    int start = PAGE.indexOf(from);
    return PAGE.substring(start, PAGE.indexOf(to, start));
  }

  private static String cell(String line, int number) {
    return line.split("\\|", -1)[number].strip();
  }

  private static List<String> quoted(String text) {
    return Pattern.compile("`([^`]+)`")
        .matcher(text)
        .results()
        .map((MatchResult result) -> result.group(1))
        .toList();
  }

  private static TreeSet<String> firstCells(String table) {
    return table
        .lines()
        .filter(line -> line.startsWith("| `"))
        .flatMap(line -> quoted(cell(line, 1)).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
