"""The parts of the pages: pure functions from plain data to Dash components."""
