/** What every check is made of: exact sets, differences, findings, and what is out of reach. */
package io.riskstream.ops.check;
