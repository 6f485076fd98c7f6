part("information")
