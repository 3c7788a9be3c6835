"""A province's own Word template: what it may say, what it may name, and how it is filled in."""
