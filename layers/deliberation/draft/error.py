"""The one error of reading, drafting and adopting a deliberation."""


class DeliberationError(Exception):
    """A document, a draft or an adoption fails; the message is a French sentence for a person."""
