/** Which suppressions and dimensions are in force when. Pure. */
package io.riskstream.rules.book;
