"""Typed models: what things are."""
