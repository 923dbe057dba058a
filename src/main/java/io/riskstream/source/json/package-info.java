/** JSON records to events, in one pass and without a tree. */
package io.riskstream.source.json;
