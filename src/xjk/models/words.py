"""A text in the two languages every reader of xjk is offered."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from xjk.errors import Lang


class Words(BaseModel):
    """Hold one text in Chinese and in English."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str = Field(min_length=1, description="Chinese text, shown by default.")
    en: str = Field(min_length=1, description="English text.")

    def text(self, lang: Lang = "zh") -> str:
        """Return the text in one language."""
        return self.zh if lang == "zh" else self.en

    def format(self, **values: object) -> Words:
        """Fill ``{name}`` slots in both languages; only used with texts of this library, never with data as text."""
        return Words(zh=self.zh.format(**values), en=self.en.format(**values))
