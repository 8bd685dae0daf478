s/this look at it: .*/this look at it: <time>/
