"""What is told of a result: the record (JSON), the page (HTML), the text (Markdown)."""
