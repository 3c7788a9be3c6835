"""The small language of conditions: names, numbers, dates, comparisons; no call, no growth."""
