"""The command ``xjk``: one module for each verb, each a thin layer over public functions."""
