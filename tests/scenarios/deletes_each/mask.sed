# The target numbers the amounts in the order in which they come.
s/("side": "lower"\}, in the target) [0-9]+/\1 <id>/
