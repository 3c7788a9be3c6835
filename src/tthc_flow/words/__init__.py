"""Vietnamese text: syllable keys, a lexicon as data, and what the words of a table say."""
