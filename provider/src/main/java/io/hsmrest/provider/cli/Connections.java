package io.hsmrest.provider.cli;

import io.hsmrest.client.ApproverClient;
import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmClientConfig;
import io.hsmrest.client.HsmClients;
import io.hsmrest.client.HsmConfigurationException;

/** Where clients come from. */
interface Connections {
  /** For those who ask. */
  HsmClient client(HsmClientConfig config);

  /** For those who approve. */
  ApproverClient approver(HsmClientConfig config) throws HsmConfigurationException;

  /** To the service that the configuration names. */
  static Connections real() {
    return new Connections() {
      @Override
      public HsmClient client(HsmClientConfig config) {
        return HsmClients.connect(config);
      }

      @Override
      public ApproverClient approver(HsmClientConfig config) throws HsmConfigurationException {
        return HsmClients.connectApprover(config);
      }
    };
  }
}
