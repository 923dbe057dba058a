/**
 * What Redis is told and answers: keys and fields as the contract names them (docs/semantics.md,
 * section 6), the scripts that change them in one step, and one connection.
 */
package io.riskstream.sink.hotstore.redis;
