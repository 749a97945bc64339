"""The act: number, articles, budget, report, conventions."""
