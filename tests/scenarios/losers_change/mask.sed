# Workers race for which held row is written down first.
s/(quarantine show [a-z_]+) '[0-9]+'/\1 <key>/
