"""The pages: each has a layout and the callbacks that keep it in step."""
