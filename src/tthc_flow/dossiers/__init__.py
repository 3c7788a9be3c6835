"""Dossiers (hồ sơ) that run for weeks: kept step by step, due by the working calendar."""
