package io.hsmrest.simulator.state;

import java.util.Map;

/** Rows of the store under text keys. Changed only inside {@link Store#change}. */
interface Table {
  /** Remembers nothing. */
  Table NOWHERE =
      new Table() {
        @Override
        public Map<String, byte[]> rows() {
          return Map.of();
        }

        @Override
        public void put(String key, Object record) {}

        @Override
        public void remove(String key) {}
      };

  /** What is stored. */
  Map<String, byte[]> rows();

  /** Stores a record of this package. */
  void put(String key, Object record);

  /** Forgets a row. */
  void remove(String key);
}
