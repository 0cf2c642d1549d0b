/** Stock keytool, command by command. The tests write the table of docs/keytool.md. */
@NullMarked
package io.hsmrest.tests.scenario.keytool;

import org.jspecify.annotations.NullMarked;
