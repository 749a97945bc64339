"""Kinds of files that people bring, each with its reader."""
