"""Reading a deliberation: from a text or PDF file to a draft that a person reviews and adopts."""
