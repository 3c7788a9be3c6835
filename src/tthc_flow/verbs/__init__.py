"""What the library does, one file a verb; the front door and the command line share them."""
