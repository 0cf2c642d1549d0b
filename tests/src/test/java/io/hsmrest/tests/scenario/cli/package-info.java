/** The provider jar as a program: people approve, pipelines look after requests. */
@NullMarked
package io.hsmrest.tests.scenario.cli;

import org.jspecify.annotations.NullMarked;
