package io.hsmrest.provider.cli;

import io.hsmrest.provider.HsmRestProvider;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String build = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "hsmrest "
          + (build == null ? new HsmRestProvider().getVersionStr() : build)
          + ", Java "
          + Runtime.version()
    };
  }
}
