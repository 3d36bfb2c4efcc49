"""The rule contract: eighteen checks that every rule of every pack passes, on every engine."""
