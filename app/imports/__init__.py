"""Files that people bring: read with distrust, made into layers."""
