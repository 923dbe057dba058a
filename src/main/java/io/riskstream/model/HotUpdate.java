package io.riskstream.model;

/**
 * What the hot store is told, in the order in which it came about: absolute values under a key, so
 * that the newer one replaces the older, and the marks between which all users are shown again.
 */
public sealed interface HotUpdate permits UserSnapshot, HotAlert, HotWindow, RebuildMark {}
