handbook.part("returned")
