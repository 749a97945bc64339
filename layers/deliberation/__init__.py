"""Reading a deliberation: from a text or PDF file to a draft that a person reviews and adopts."""


class DeliberationError(Exception):
    """A document, a draft or an adoption fails; the message is a French sentence for a person."""
