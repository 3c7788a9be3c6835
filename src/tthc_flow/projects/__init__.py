"""The project of the studio: a value that opens, takes actions, goes back, is shown and saved."""
