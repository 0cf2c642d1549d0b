package io.hsmrest.client;

/** Whether this Java has Flight Recorder: a run-time image made by jlink may lack it. */
final class FlightRecorder {
  static final boolean IS_PRESENT = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private FlightRecorder() {}
}
