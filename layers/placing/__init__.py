"""Where the rows of the layers are: their words, the answers kept, what was corrected by hand."""
