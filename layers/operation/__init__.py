"""One operation: its plan, calendar, payers, fiche and statements."""
