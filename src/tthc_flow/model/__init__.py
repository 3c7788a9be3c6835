"""What a procedure is: frozen values, no computing."""
