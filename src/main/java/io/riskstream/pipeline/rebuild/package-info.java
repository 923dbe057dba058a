/** What a rebuild of the hot store goes by: who has asked, and which users are still to come. */
package io.riskstream.pipeline.rebuild;
