"""Exact numbers of one dossier alone: how often, how much work, how long; no queues."""
