package io.hsmrest.client;

/** Whether this Java has Flight Recorder: a run-time image made by jlink may lack it. */
public final class FlightRecorder {
  /** False where the module {@code jdk.jfr} is missing. */
  public static final boolean IS_PRESENT = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private FlightRecorder() {}
}
