"""The engine contract: what xjk asks of every engine, as checks that an engine's author runs."""
