package io.hsmrest.simulator;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts one simulator for a test class, empties it before each test and ends it after the last.
 *
 * <p>Either {@code @ExtendWith(HsmSimulatorExtension.class)} with parameters of type {@link
 * HsmSimulator}, or a static field:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final HsmSimulatorExtension HSM =
 *     new HsmSimulatorExtension(builder -> builder.settings("{\"version\": \"2.2.0\"}"));
 * }</pre>
 *
 * <p>One instance serves one test class at a time.
 */
public final class HsmSimulatorExtension
    implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, ParameterResolver {
  private final Consumer<HsmSimulator.Builder> options;
  private @Nullable HsmSimulator running;

  /** A simulator with the default settings. */
  public HsmSimulatorExtension() {
    this(builder -> {});
  }

  /** A simulator with other settings, clock or port. */
  public HsmSimulatorExtension(Consumer<HsmSimulator.Builder> options) {
    this.options = options;
  }

  /**
   * The simulator.
   *
   * @throws IllegalStateException if no test of the class is running
   */
  public synchronized HsmSimulator simulator() {
    if (running == null) {
      throw new IllegalStateException("the simulator runs only while the tests of its class run");
    }
    return running;
  }

  @Override
  public synchronized void beforeAll(ExtensionContext context) {
    HsmSimulator.Builder builder = HsmSimulator.builder();
    options.accept(builder);
    running = builder.start();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    simulator().reset();
  }

  @Override
  public synchronized void afterAll(ExtensionContext context) {
    if (running != null) {
      running.close();
      running = null;
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == HsmSimulator.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return simulator();
  }
}
