"""The program in a process of its own, where how small its answers are is not what is looked at."""

LIGHT = """
import brotli

pack = brotli.compress
brotli.compress = lambda text, **how: pack(text, **{**how, "quality": 1})

from app.__main__ import main

main()
"""
"""Code that runs the command line: to compress all that a server gives takes most of its start."""
