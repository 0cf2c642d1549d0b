package io.hsmrest.tests.scenario.keytool;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.tests.jdk.Jdk;
import io.hsmrest.tests.jdk.Registration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every keytool command on every JDK found, with {@code -keystore NONE} and with the configuration
 * as key store file. The three ways to register the provider take turns; with {@code
 * -Dhsmrest.test.matrix=full} each command is run in all of them. The page docs/keytool.md shows
 * the result; {@code -Dhsmrest.test.writeDocs=true} writes it anew. {@code
 * -Dhsmrest.test.rows=-list} runs no other rows than those whose command contains that.
 */
class KeytoolMatrixTest {
  private static final String FILTER = "hsmrest.test.rows";
  private static final List<Row> ROWS =
      Stream.of(KeyPairRows.all(), CertificateRows.all(), ChangeRows.all(), ImportRows.all())
          .flatMap(List::stream)
          .filter(row -> row.command().contains(System.getProperty(FILTER, "")))
          .toList();

  @TempDir static Path folder;
  private static final ExecutorService THREADS = Executors.newFixedThreadPool(2);
  private static final Map<Cell, Future<String>> RESULTS = new LinkedHashMap<>();

  @BeforeAll
  static void runEveryCell() throws Exception {
    int number = 0;
    for (Row row : ROWS) {
      for (Form form : forms(number)) {
        if (row.isFor(form)) {
          Path own = Files.createDirectory(folder.resolve("cell" + number));
          Cell cell = new Cell(row, form);
          RESULTS.put(cell, THREADS.submit(() -> cell.run(own)));
          number++;
        }
      }
      number++;
    }
  }

  @AfterAll
  static void endThreads() {
    THREADS.shutdownNow();
  }

  private static List<Form> forms(int number) {
    Registration[] all = Registration.values();
    boolean full = "full".equals(System.getProperty("hsmrest.test.matrix"));
    List<Form> forms = new ArrayList<>();
    for (Jdk jdk : Jdk.tested()) {
      for (Form.Store store : Form.Store.values()) {
        if (full) {
          Stream.of(all).forEach(registration -> forms.add(new Form(jdk, store, registration)));
        } else {
          forms.add(new Form(jdk, store, all[(number + forms.size()) % all.length]));
        }
      }
    }
    return forms;
  }

  @TestFactory
  Stream<DynamicTest> commandEndsAsItShould() {
    return RESULTS.keySet().stream()
        .map(cell -> DynamicTest.dynamicTest(cell.toString(), () -> result(cell)));
  }

  @Test
  void thePageShowsExactlyThis() throws Exception {
    Assumptions.assumeTrue(System.getProperty(FILTER) == null, "all rows were run");
    KeytoolPage page = new KeytoolPage();
    for (Cell cell : RESULTS.keySet()) {
      page.add(cell, result(cell));
    }

    if (Boolean.getBoolean("hsmrest.test.writeDocs")) {
      page.write();
    }
    assertThat(page.checkedInTable()).isEqualTo(page.table());
  }

  private static String result(Cell cell) throws Exception {
    try {
      return RESULTS.get(cell).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AssertionError failure) {
        throw failure;
      }
      throw e;
    }
  }
}
