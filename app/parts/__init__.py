"""Parts that every page has: header, footer, frame, fields, lists."""
