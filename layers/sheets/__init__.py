"""The content of sheets: territory, contract, quartier, comparison."""
