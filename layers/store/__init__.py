"""The store of the layers that people bring."""
