/** What each operator keeps, by uid and layout, and whether this version can go on from it. */
package io.riskstream.pipeline.state;
