part("five follows")
