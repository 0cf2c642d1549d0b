# Read by bin/catalina.sh. The provider is wanted on the class path of the JVM, not of a web
# application.
CLASSPATH="$CATALINA_BASE/bin/hsmrest-provider.jar"
CATALINA_OPTS="$CATALINA_OPTS -Djava.security.properties=$CATALINA_BASE/conf/java.security"
