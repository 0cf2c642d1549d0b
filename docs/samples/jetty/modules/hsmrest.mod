[description]
Puts the provider HsmRest on the class path of the JVM and registers it.

[tags]
security

[lib]
lib/hsmrest-provider.jar

[exec]
-Djetty.base=${jetty.base}
-Djava.security.properties=${jetty.base}/etc/java.security
