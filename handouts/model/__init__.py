"""Frozen values that pass between the rooms; nothing here reads, writes or computes."""
