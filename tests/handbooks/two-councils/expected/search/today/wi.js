handbook.part("information")
