part("returned")
