"""Dated facts as data: charts of accounts, expenditure classes, working days, standards, legal bases, words.

Each subject is one module that reads its YAML files and returns frozen values. Nothing is read at import;
what belongs to the library itself is read once. Every fact names its source and how sure it is.
"""
