"""The kit for testing rules and packs (extra ``xjk[testing]``)."""
