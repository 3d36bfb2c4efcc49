"""The engine past one machine: Spark, with the extra ``spark``; for books read into it, or lying there already."""
