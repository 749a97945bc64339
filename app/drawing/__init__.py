"""What is drawn, on screen, on paper and offline: classes, palette, signs, theme."""
