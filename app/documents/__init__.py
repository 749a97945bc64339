"""The pages of documents: contract, operation, funding, trust, help."""
