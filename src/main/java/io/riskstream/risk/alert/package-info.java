/** The life of a user's alerts, from the first trigger that is seen to the end of their bucket. */
package io.riskstream.risk.alert;
