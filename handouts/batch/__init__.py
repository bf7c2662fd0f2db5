"""Many handouts from one plan: only what changed is made, each file whole or not at all, and each on record."""
