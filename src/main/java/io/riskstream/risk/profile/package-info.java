/** The versions of a user's profile, and which of them holds when. */
package io.riskstream.risk.profile;
