package org.skinspectra.model;

import java.util.SortedMap;

/** What a weights file holds: its tensors by name and its metadata, in order. */
record StoredTensors(SortedMap<String, WeightTensor> tensors, SortedMap<String, String> metadata) {}
