"""Proposals as an Excel workbook: live formulas, sources, and cells for staff to fill in."""
