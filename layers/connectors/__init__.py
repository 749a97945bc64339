"""Official sources that feed layers: asked for, checked, kept, gone back from."""
