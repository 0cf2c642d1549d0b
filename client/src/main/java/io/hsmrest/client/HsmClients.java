package io.hsmrest.client;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;

/** Makes clients. */
public final class HsmClients {
  private HsmClients() {}

  /** A client of the real service or of a simulator; nothing is sent before the first call. */
  public static HsmClient connect(HsmClientConfig config) {
    return new LazyHsmClient(() -> open(config, Clock.systemUTC(), Sleeper.system()));
  }

  /**
   * The approvers' side of the same service; nothing is sent before the first call.
   *
   * @throws HsmConfigurationException when the trusted certificates or the client's own key cannot
   *     be read
   */
  public static ApproverClient connectApprover(HsmClientConfig config)
      throws HsmConfigurationException {
    return OwnCalls.mark(() -> openApprover(config, Clock.systemUTC(), Sleeper.system()));
  }

  static ApproverClient openApprover(HsmClientConfig config, Clock clock, Sleeper sleeper)
      throws HsmConfigurationException {
    HttpTransport transport = new ApacheTransport(config.http(), config.authentication());
    return new RestApproverClient(executor(config, transport, clock, sleeper), transport, clock);
  }

  /** Loads the HTTP and JSON classes. */
  static HsmClient open(HsmClientConfig config, Clock clock, Sleeper sleeper)
      throws HsmConfigurationException {
    HttpTransport transport = new ApacheTransport(config.http(), config.authentication());
    CallExecutor calls = executor(config, transport, clock, sleeper);
    RequestSignerSettings signer = config.requestSigner();
    return new RestHsmClient(
        calls,
        transport,
        config.signTimeout(),
        new RequestCalls(calls, signer == null ? null : RequestSigner.open(signer)));
  }

  /**
   * Asking people through {@code client}, one poller for all who wait.
   *
   * @param listener is told how waiting goes
   */
  public static ApprovedRequests approvals(
      HsmClient client, HsmClientConfig config, ApprovalListener listener) {
    return approvals(client, config, listener, Clock.systemUTC(), Sleeper.system(), Alarm.system());
  }

  /** The same with a time of its own, which comes from {@code clock} and passes in sleeps. */
  public static ApprovedRequests approvals(
      HsmClient client,
      HsmClientConfig config,
      ApprovalListener listener,
      Clock clock,
      Sleeper sleeper) {
    return approvals(client, config, listener, clock, sleeper, Alarm.over(sleeper));
  }

  private static ApprovedRequests approvals(
      HsmClient client,
      HsmClientConfig config,
      ApprovalListener listener,
      Clock clock,
      Sleeper sleeper,
      Alarm alarm) {
    ApprovalSettings settings = config.approval();
    RequestJournal journal =
        settings.resume() ? RequestJournal.ofUser(config.endpoints().toString()) : null;
    return new ApprovedRequests(
        settings,
        waiter(client, settings, listener, clock, alarm),
        new RequestLedger(client, clock),
        new Resumption(client, settings, journal),
        sleeper);
  }

  /** Waiting for requests that somebody else has made; time as above. */
  public static ApprovalWaiter waiter(
      HsmClient client,
      HsmClientConfig config,
      ApprovalListener listener,
      Clock clock,
      Sleeper sleeper) {
    return waiter(client, config.approval(), listener, clock, Alarm.over(sleeper));
  }

  private static ApprovalWaiter waiter(
      HsmClient client,
      ApprovalSettings settings,
      ApprovalListener listener,
      Clock clock,
      Alarm alarm) {
    return new ApprovalWaiter(
        client, settings, listener, clock, alarm, () -> ThreadLocalRandom.current().nextLong());
  }

  private static CallExecutor executor(
      HsmClientConfig config, HttpTransport transport, Clock clock, Sleeper sleeper) {
    return new CallExecutor(
        config, transport, clock, sleeper, () -> ThreadLocalRandom.current().nextLong());
  }
}
