package io.hsmrest.provider.cli;

import io.hsmrest.client.ApproverClient;
import io.hsmrest.client.HsmClientConfig;
import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.RequestClient;
import io.hsmrest.client.rest.HsmClients;

/** Where clients come from. */
interface Connections {
  /** For those who ask. */
  RequestClient client(HsmClientConfig config);

  /** For those who approve. */
  ApproverClient approver(HsmClientConfig config) throws HsmConfigurationException;

  /** To the service that the configuration names. */
  static Connections real() {
    return new Connections() {
      @Override
      public RequestClient client(HsmClientConfig config) {
        return HsmClients.connect(config);
      }

      @Override
      public ApproverClient approver(HsmClientConfig config) throws HsmConfigurationException {
        return HsmClients.connectApprover(config);
      }
    };
  }
}
