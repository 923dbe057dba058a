/** The profiles topic: updates of what is known of a user, each with its verdict to come. */
package io.riskstream.source.profile;
