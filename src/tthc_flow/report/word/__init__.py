"""Word papers (.docx): annex, draft decision, report of results, workflow, and their page."""
