"""What visitors bring, kept in a database that several machines share."""
