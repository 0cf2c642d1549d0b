package io.hsmrest.provider.cli;

import io.hsmrest.client.Sleeper;
import java.time.Clock;

/**
 * What commands see of the world.
 *
 * @param screen results, errors and progress
 * @param dialogue whoever can be asked
 * @param clock the time
 * @param sleeper lets time pass
 * @param connections where clients come from
 */
record Surroundings(
    Screen screen, Dialogue dialogue, Clock clock, Sleeper sleeper, Connections connections) {

  /** Those of this process. */
  static Surroundings ofThisProcess() {
    return new Surroundings(
        Screen.ofThisProcess(),
        Dialogue.onTerminal(),
        Clock.systemUTC(),
        Sleeper.system(),
        Connections.real());
  }

  /** A line of the result. */
  void say(String line) {
    screen.say(line);
  }

  /** A line about how it goes. */
  void tell(String line) {
    screen.tell(line);
  }
}
