"""Step tables as a workbook that staff look through and correct, and back without a loss."""
