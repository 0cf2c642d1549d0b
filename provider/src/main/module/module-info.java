/** The provider jar as a module: everything inside, nothing shown but what users name. */
module io.hsmrest.provider {
  requires java.logging;
  requires java.naming;
  requires static jdk.jfr;
  requires java.xml;

  exports io.hsmrest.client;
  exports io.hsmrest.client.approval;
  exports io.hsmrest.client.model;
  exports io.hsmrest.keystore;
  exports io.hsmrest.provider;

  provides java.security.Provider with
      io.hsmrest.provider.HsmRestProvider;
}
