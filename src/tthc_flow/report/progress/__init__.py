"""How far a portfolio is against the targets of the plan: page, Word report, workbook."""
