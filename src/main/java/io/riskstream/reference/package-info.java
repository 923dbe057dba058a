/**
 * The semantics of docs/semantics.md once more, in memory: sort everything, fold it. The oracle of
 * the tests and of {@code verify}; it is written from that page alone and shares no code with the
 * domain.
 */
package io.riskstream.reference;
