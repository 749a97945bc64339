"""The documents: register, quotations, conventions, glossary, funders."""
