"""Tables that people bring, made into layers: what each column is, where each row is."""
