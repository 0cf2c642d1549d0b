package io.hsmrest.tests.jdk;

import java.io.PrintWriter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs every test that is tagged {@code scenario} in this JVM, for JVMs other than the one that
 * Maven runs the tests in. Ends with 1 when a test failed or none was found.
 */
final class TaggedScenarios {
  static final String TAG = "scenario";

  private TaggedScenarios() {}

  public static void main(String[] args) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(
                DiscoverySelectors.selectPackage("io.hsmrest.tests"),
                DiscoverySelectors.selectPackage("io.hsmrest.provider"))
            .filters(TagFilter.includeTags(TAG))
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    TestExecutionSummary summary = listener.getSummary();
    PrintWriter out = new PrintWriter(System.out, true);
    summary.printFailuresTo(out, 30);
    out.println(
        summary.getTestsSucceededCount()
            + " passed, "
            + summary.getTotalFailureCount()
            + " failed, on Java "
            + Runtime.version().feature());
    System.exit(
        summary.getTestsSucceededCount() > 0 && summary.getTotalFailureCount() == 0 ? 0 : 1);
  }
}
