/** Who may call which path: API keys by role, bearer tokens, licence flags. */
@NullMarked
package io.hsmrest.simulator.auth;

import org.jspecify.annotations.NullMarked;
