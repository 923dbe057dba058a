/** What a scenario sends, and how soon a reader of the hot store sees it. */
package io.riskstream.chaos.traffic;
