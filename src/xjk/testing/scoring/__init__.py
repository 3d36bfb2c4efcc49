"""Score findings against what was planted: how much is found, how much of what is found is right."""

from __future__ import annotations

from xjk.testing.scoring.compare import score
from xjk.testing.scoring.scores import FormScore, Ranking, SchemeScore, Score, SeverityScore, Share
from xjk.testing.scoring.truth import PlantedScheme, Truth, read_truth

__all__ = [
    "FormScore",
    "PlantedScheme",
    "Ranking",
    "SchemeScore",
    "Score",
    "SeverityScore",
    "Share",
    "Truth",
    "read_truth",
    "score",
]
