"""Boosted trees as plain lists, for files without a pickle."""

from __future__ import annotations

from typing import Any


def nodes_of(tree: Any) -> list[list[float | int]]:
    """Each node of a fitted tree: feature (-1 for a leaf), threshold, left, right, value."""
    return [
        [
            -1 if node["is_leaf"] else int(node["feature_idx"]),
            0.0 if node["is_leaf"] else round(float(node["num_threshold"]), 5),
            int(node["left"]),
            int(node["right"]),
            round(float(node["value"]), 5),
        ]
        for node in tree.nodes
    ]
