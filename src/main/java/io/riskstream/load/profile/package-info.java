/** Profile updates that are sent beside the events. */
package io.riskstream.load.profile;
