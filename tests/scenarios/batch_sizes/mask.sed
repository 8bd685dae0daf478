# Workers race for which held row is written down first.
s/(quarantine show( -f [a-z.]+)? [a-z_]+) '[0-9]+'/\1 <key>/
