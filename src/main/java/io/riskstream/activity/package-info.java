/** What users do in windows of event time, kept as slices. Pure; knows the model only. */
package io.riskstream.activity;
